"""Visits in the database, each its learner's: the store that settings.VISITS names."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from questions import visits as session
from questions.card_past import digest_of
from questions.ledger import Sent
from questions.measured import error_of
from questions.models import Card
from questions.own_runs import is_left_out
from questions.visits import RATINGS, Offer, Standing, Visit
from tutor import fixes, learner, models, schedule

FIELDS = Visit.__struct_fields__


def is_preview(request: HttpRequest, card: Card) -> bool:
    """Return whether an author looks at a card that is not published: that stays in the session.

    A row would keep the draft from being deleted, and be counted once it is published. Who
    began before the card was taken away goes on.
    """
    if card.status == Card.Status.PUBLISHED:
        return False
    who = learner.of(request)
    return not (who and who.visits.filter(card=card).exists())


def begun(request: HttpRequest, card: Card) -> str:
    """Return the digest of the revision this learner's last visit began on, empty if none did."""
    if is_preview(request, card):
        return session.begun(request, card)
    who = learner.of(request)
    row = who.visits.filter(card=card).order_by("pk").last() if who else None
    return row.digest if row else ""


def load(request: HttpRequest, card: Card) -> Visit:
    """Return this learner's visit of this revision; an empty one, and no row, if there is none."""
    if is_preview(request, card):
        return session.load(request, card)
    who = learner.of(request)
    row = _rows(who, card).first() if who else None
    visit = _read(row) if row else Visit()
    if visit.rating and who and who.reviews.due().filter(card=card).exists():
        visit.rating = None  # it has come back: the same rating again is a new one
    _loaded(request)[card.pk] = copy.deepcopy(visit)
    return visit


def save(request: HttpRequest, card: Card, visit: Visit) -> None:
    """Keep what this request changed since it loaded; what another tab changed stays.

    Predictions are joined, the first of each case stands; what happened once stays true.
    """
    if is_preview(request, card):
        session.save(request, card, visit)
        return
    who = learner.of(request, create=True)
    before = _loaded(request).get(card.pk, Visit())
    with transaction.atomic():
        # The constraint makes one of two tabs' first rows.
        if not _rows(who, card).exists():
            who.visits.get_or_create(card=card, digest=digest_of(card))
        row = _rows(who, card).select_for_update().get()
        _write(row, before, visit)
        row.save()
    _loaded(request)[card.pk] = copy.deepcopy(visit)


def anew(request: HttpRequest, card: Card) -> None:
    """Begin a visit of the card as it is now; one of this content that was left is gone on with."""
    if is_preview(request, card):
        session.anew(request, card)
        return
    who = learner.of(request, create=True)
    with transaction.atomic():
        row, _ = who.visits.get_or_create(card=card, digest=digest_of(card))
        if who.visits.filter(card=card, pk__gt=row.pk).exists():
            row.delete()
            row.pk = None
            row.save(force_insert=True)


def rate(
    request: HttpRequest, card: Card, visit: Visit, rating: int | None, was: int | None
) -> int | None:
    """Keep the rating, 1-4, and schedule the card by it; None takes both back.

    `was` is the rating that the learner saw: where there is another one by now, that one
    stands, however close together the two came. Return the one that there is in the end.
    """
    if is_preview(request, card):
        return session.rate(request, card, visit, rating, was)
    who = learner.of(request, create=True)
    with transaction.atomic():
        who.lock()
        save(request, card, visit)
        there = load(request, card)
        if there.rating in (was, rating):
            there.rating = rating
            save(request, card, there)
            _schedule(who, card, rating)
    visit.rating = there.rating
    return visit.rating


def _schedule(who: models.Learner, card: Card, rating: int | None) -> None:
    if rating is None:
        schedule.undo(who, card=card, source=models.ReviewLog.Source.CARD)
    else:
        schedule.rate_visit(_rows(who, card).get(), rating)


def tried(
    request: HttpRequest, card: Card, files: dict[str, str], outcomes: Sequence[Sent]
) -> None:
    """Keep how the learner's own files came out, for instructors to see what is tried."""
    # Where this machine runs no code of learners nothing came out.
    if is_preview(request, card) or any(
        not each.ran and not is_left_out(each.report) for each in outcomes
    ):
        return
    cells = [
        fixes.cell(each.case.name, each.number, error_of(each.report), ok=each.ok)
        for each in outcomes
    ]
    who = learner.of(request, create=True)
    fixes.keep(who, card.pk, digest_of(card), files, cells)


def offers(request: HttpRequest, card: Card, visit: Visit, missed: int, of: int) -> list[Offer]:
    """Return the four ratings and when each brings the card back; offered is session.best."""
    who = learner.of(request)
    review = who.reviews.filter(card=card).first() if who else None
    best, why = session.best(card, visit, missed, of)
    waits = schedule.intervals(review, timezone.now())
    return [
        Offer(n, word, in_words(waits[n]), offered=n == best, why=why * (n == best))
        for n, word in RATINGS.items()
    ]


def standings(request: HttpRequest, cards: Iterable[Card]) -> dict[int, Standing]:
    """Return a standing for each card that this learner has begun, by primary key."""
    who = learner.of(request)
    if who is None:
        return {}
    due = set(who.reviews.due().values_list("card_id", flat=True))
    back = dict(who.reviews.coming().values_list("card_id", "due"))
    visits = {visit.card_id: visit for visit in who.visits.order_by("pk")}
    known = {card.pk for card in cards} & (due | set(back) | set(visits))
    return {pk: _standing(pk, due, back, visits) for pk in known}


def playground(request: HttpRequest) -> dict[str, Any]:
    """Return what is kept of this learner's playground, {} for who has none."""
    who = learner.of(request)
    row = models.Playground.objects.filter(learner=who).first() if who else None
    if row is None:  # sessions of before there were rows have the draft itself
        return {"draft": request.session.get("playground")}
    return {"draft": row.draft, "earlier": row.earlier}


def keep_playground(request: HttpRequest, kept: dict[str, Any]) -> None:
    """Keep the playground with the learner, wherever they sign in next."""
    who = learner.of(request, create=True)
    models.Playground.objects.update_or_create(learner=who, defaults=kept)


def in_words(wait: timedelta) -> str:
    """Return how long until a card comes back: "in 10 minutes", "in 5 hours", "tomorrow"."""
    minutes = max(1, round(wait / timedelta(minutes=1)))
    if minutes < 60:
        return f"in {minutes} minute{'s' * (minutes > 1)}"
    hours = round(wait / timedelta(hours=1))
    if hours < 20:
        return f"in {hours} hour{'s' * (hours > 1)}"
    days = max(1, round(wait / timedelta(days=1)))
    return "tomorrow" if days == 1 else f"in {days} days"


def _loaded(request: HttpRequest) -> dict[int, Visit]:
    if not hasattr(request, "_visits"):
        request._visits = {}  # type: ignore[attr-defined]
    return request._visits  # type: ignore[attr-defined]


def _rows(who: models.Learner, card: Card) -> QuerySet[models.Visit]:
    """Return this learner's visit of this revision; one of before there were any counts as it."""
    return who.visits.filter(card=card, digest__in=[digest_of(card), ""])


def _read(row: models.Visit) -> Visit:
    return msgspec.convert({name: getattr(row, name) for name in FIELDS}, Visit)


def _write(row: models.Visit, before: Visit, after: Visit) -> None:
    was, now = msgspec.to_builtins(before), msgspec.to_builtins(after)
    changed = {name: now[name] for name in FIELDS if now[name] != was[name]}
    if "predictions" in changed:
        changed["predictions"] = {**changed["predictions"], **row.predictions}
    for once in ("ran", "explained", "shown"):
        if once in changed:
            changed[once] = changed[once] or getattr(row, once)
    if "hints" in changed:
        changed["hints"] = max(changed["hints"], row.hints)
    for name, value in changed.items():
        setattr(row, name, value)


def _standing(pk: int, due: set, back: dict, visits: dict[int, models.Visit]) -> Standing:
    if pk in due:
        return Standing("due now", "warm", started=True, due=True, done=True)
    if pk in back:
        wait = f"comes back {in_words(back[pk] - timezone.now())}"
        return Standing(f"✓ {wait}", "good", started=True, done=True, back=wait)
    if visits[pk].ran:
        return Standing("predicted, not rated", started=True)
    return Standing("begun", started=True)
