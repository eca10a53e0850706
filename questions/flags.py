"""A published card that is no longer true is flagged to its author; it is never unpublished."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail

from questions.models import Card, CardFlag
from questions.verify import Verdict


def flag(verdicts: Iterable[Verdict]) -> list[CardFlag]:
    """Keep what each verdict found, tell authors what is new, and return the flags that stand.

    A card that is true again loses its flag. Only published cards get one: nobody learns from
    the others, and publishing runs them anyway.
    """
    standing = []
    for verdict in verdicts:
        card = Card.objects.select_related("author").filter(slug=verdict.slug).first()
        if card is None:
            continue
        if verdict.ok:
            CardFlag.objects.filter(card=card).delete()
            continue
        if card.status != Card.Status.PUBLISHED:
            continue
        said = "\n".join(map(str, verdict.problems))
        before = CardFlag.objects.filter(card=card).first()
        found, _ = CardFlag.objects.update_or_create(
            card=card,
            defaults={"said": said, "django": verdict.django, "python": verdict.python},
        )
        if before is None or before.said != said:
            _tell(found)
        standing.append(found)
    # A disk that is full must not end the nightly run.
    with contextlib.suppress(OSError):
        _trace().touch()
    return standing


def ever_ran() -> bool:
    """Whether there was a nightly run on this machine, or one elsewhere that left a flag."""
    return ran_here() or CardFlag.objects.exists()


def ran_here() -> bool:
    """Whether there was a nightly run on this machine."""
    return _trace().exists()


def _trace() -> Path:
    """Return the file that a nightly run leaves."""
    return Path(settings.VAR_DIR, "nightly_run")


def _tell(found: CardFlag) -> None:
    """Write to the author, if the card has one with an address."""
    author = found.card.author
    if author is None or not author.email:
        return
    # A mail server that is down must not end the nightly run.
    with contextlib.suppress(OSError):
        send_mail(
            f"Not true any more: {found.card}",
            f"On Django {found.django}, Python {found.python}, this card of yours was run again,\n"
            f"and not everything it claims holds. It stays published.\n\n{found.said}\n",
            settings.DEFAULT_FROM_EMAIL,
            [author.email],
        )
