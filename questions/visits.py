"""What one learner did on one card, and where that is kept.

Pages read and write it through `store()`, the module that settings.VISITS names. This module is
such a store for itself: it keeps visits in the session. A module that knows learners takes its
place by offering the same functions: load, save, rate, tried, offers, standings, and playground
and keep_playground for the one program that belongs to no card.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, Literal

import msgspec
from django.conf import settings
from django.http import HttpRequest

from questions.ledger import Sent
from questions.models import Card

Sure = Literal["", "guess", "think", "sure"]
RATINGS = {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}


def how_sure(sure: str) -> str:
    """Return how sure a number was said, to go on with after it: ", sure"; empty if not told."""
    words = {"guess": "as a guess", "think": "not quite sure", "sure": "sure"}
    return f", {words[sure]}" if sure in words else ""


class Prediction(msgspec.Struct):
    """How many emails a learner expects in a case; `more` means "that many or more"."""

    emails: int
    sure: Sure = ""
    more: bool = False

    @property
    def words(self) -> str:
        """Return "3 or more, sure", "1, as a guess"."""
        return f"{self.emails}{' or more' * self.more}{how_sure(self.sure)}"

    def fits(self, emails: int) -> bool:
        """Return whether this many emails are what was said."""
        return emails >= self.emails if self.more else emails == self.emails


class Earlier(msgspec.Struct):
    """Texts put aside because others took their place, or because they were taken away.

    `why` is "signed in", "shared", "used", "reset", or "deleted": that one is of single files.
    """

    words: str = ""
    draft: dict[str, str | None] = {}
    why: str = ""


class Visit(msgspec.Struct):
    """The state of one card for one learner.

    `predictions` is by name of case; one made before the run is never overwritten. `explained`
    is true once the explanation was asked for, `shown` when that was before any prediction.
    `ideas` holds the numbers of the ideas ticked, from 0; `draft` is {file: text}, the
    learner's own fix, None for a file of the card that was deleted; `rating` is 1-4; `earlier`
    is what was put aside, the oldest first.
    """

    predictions: dict[str, Prediction] = {}
    ran: bool = False
    hints: int = 0
    words: str = ""
    explained: bool = False
    shown: bool = False
    ideas: list[int] = []
    draft: dict[str, str | None] = {}
    rating: int | None = None
    earlier: list[Earlier] = []


class Offer(msgspec.Struct):
    """One of the four ratings and when it brings the card back; one is offered, `why` says why."""

    rating: int
    word: str
    when: str = ""
    offered: bool = False
    why: str = ""


class Standing(msgspec.Struct):
    """Where a learner stands with a card, in a few words; `tone` is "", good or warm.

    `back` says when the card is due again, "comes back tomorrow", where that is known.
    """

    words: str
    tone: Literal["", "good", "warm"] = ""
    started: bool = False
    due: bool = False
    done: bool = False
    back: str = ""


def store() -> Any:
    """Return the module that keeps visits."""
    return import_module(settings.VISITS)


def begun(request: HttpRequest, card: Card) -> str:
    """Return the digest of the revision that this session's visit began on, empty if none did."""
    kept = request.session.get("visits", {}).get(card.slug)
    return str(kept.get("digest", "")) if isinstance(kept, dict) else ""


def load(request: HttpRequest, card: Card) -> Visit:
    """Return this session's visit of the card; a new one when there is none or it is unreadable."""
    if begun(request, card) not in ("", card.digest):
        return Visit()
    try:
        return msgspec.convert(request.session.get("visits", {}).get(card.slug, {}), Visit)
    except msgspec.ValidationError:
        return Visit()


def save(request: HttpRequest, card: Card, visit: Visit) -> None:
    """Keep the visit in the session."""
    visits = request.session.setdefault("visits", {})
    visits[card.slug] = {**msgspec.to_builtins(visit), "digest": card.digest}
    request.session.modified = True


def anew(request: HttpRequest, card: Card) -> None:
    """Begin a visit of the card as it is now."""
    save(request, card, Visit())


def rate(
    request: HttpRequest, card: Card, visit: Visit, rating: int | None, was: int | None
) -> int | None:
    """Keep the rating, 1-4, or take it back with None; return the one that there is in the end.

    `was` is the rating that the learner saw: where there is another one by now, that one stands.
    """
    if visit.rating in (was, rating):
        visit.rating = rating
        save(request, card, visit)
    return visit.rating


def tried(
    request: HttpRequest, card: Card, files: dict[str, str], outcomes: Sequence[Sent]
) -> None:
    """Keep how the learner's own files came out in every case; a session keeps nothing of it."""


def offers(request: HttpRequest, card: Card, visit: Visit, missed: int, of: int) -> list[Offer]:
    """Return the four ratings; offered is `best` with `missed` of so many predictions wrong."""
    rating, why = best(card, visit, missed, of)
    return [
        Offer(n, word, offered=n == rating, why=why * (n == rating)) for n, word in RATINGS.items()
    ]


def best(card: Card, visit: Visit, missed: int, of: int) -> tuple[int, str]:
    """Return the rating to offer and what decided it, after "because".

    It is the lower of what was measured (predictions missed, the answer asked for before any) and
    what the learner says (the share of the ideas ticked, once there are own words).
    """
    measured = 1 if visit.shown else (3, 2, 1)[min(missed, 2)]
    ticked, ideas = len(visit.ideas), len(card.ideas)
    said = self_given(ticked, ideas) if visit.words or visit.ideas else None
    lowest = min(measured, said or measured)
    reasons = []
    if measured == lowest:
        reasons.append(_measured_words(visit, missed, of))
    if said == lowest:
        reasons.append(ticked_words(ticked, ideas))
    return lowest, " and ".join(filter(None, reasons))


def _measured_words(visit: Visit, missed: int, of: int) -> str:
    if visit.shown:
        return "the answer was shown first"
    if missed:
        return f"{missed} of {of} prediction{'s' * (of != 1)} missed"
    return "your predictions held" if of else ""


def self_given(ticked: int, of: int) -> int | None:
    """Return the grade that ticking this many of the ideas stands for; None without ideas."""
    if not of:
        return None
    share = ticked / of
    return 4 if share == 1 else 3 if share >= 0.6 else 2 if share > 0.3 else 1


def ticked_words(ticked: int, of: int) -> str:
    """Return "none of the 4 ideas is ticked", "1 of 4 ideas is ticked", and so on."""
    if not ticked:
        return f"none of the {of} ideas is ticked" if of > 1 else "the idea is not ticked"
    if ticked == of:
        return f"all {of} ideas are ticked" if of > 1 else "the idea is ticked"
    return f"{ticked} of {of} ideas {'is' if ticked == 1 else 'are'} ticked"


def standings(request: HttpRequest, cards: Iterable[Card]) -> dict[int, Standing]:
    """Return a standing for each card that this learner has begun, by primary key."""
    visits = request.session.get("visits", {})
    return {card.pk: _standing(visits[card.slug]) for card in cards if card.slug in visits}


def playground(request: HttpRequest) -> dict[str, Any]:
    """Return what is kept of the playground: a questions.playground.Kept as plain data."""
    kept: dict[str, Any] = request.session.get("playground", {})
    return kept


def keep_playground(request: HttpRequest, kept: dict[str, Any]) -> None:
    """Keep the playground in the session."""
    request.session["playground"] = kept


def _standing(visit: dict[str, Any]) -> Standing:
    if rating := visit.get("rating"):
        return Standing(f"✓ rated {RATINGS[rating].lower()}", "good", started=True, done=True)
    if visit.get("ran"):
        return Standing("predicted, not rated", started=True)
    return Standing("begun", started=True)
