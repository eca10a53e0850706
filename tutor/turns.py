"""A review: which case a card comes back with, what was said, how it was rated."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from django.db import transaction
from django.utils import timezone

from questions import card_past
from questions.models import Card, Case
from questions.visits import RATINGS, Offer
from tutor import schedule
from tutor.facts import Facts
from tutor.kinds.base import unseen
from tutor.models import Learner, ReviewLog
from tutor.visits import in_words


@dataclass
class Turn:
    """The turn at a card that is open or comes next; `log` is null until the answer is shown."""

    card: Card
    nth: int
    case: Case | None
    facts: Facts
    log: ReviewLog | None

    @property
    def emails(self) -> int | None:
        """Return what the card's code sends in the case."""
        if self.facts.buggy is None or self.case is None:
            return None
        return self.facts.emails(self.facts.buggy, self.case)


def coming(learner: Learner, card: Card, asked: str = "") -> Turn:
    """Return the open turn at a card, or the next one; nothing is written.

    The case is chosen by learner, card and number of the turn: a reload shows the same one,
    the next turn another one while there are any. An open turn is on the revision that it was
    asked on, the next one on `asked`, a digest, or on the card as it is.
    """
    logs = list(learner.review_logs.filter(card=card))
    rated = [log for log in logs if log.rated_at]
    waiting = next((log for log in logs if not log.rated_at and log.source == "review"), None)
    nth = waiting.nth if waiting else max((log.nth for log in logs), default=0) + 1
    card = card_past.at(card, waiting.digest if waiting else asked)
    facts = Facts(card)
    if waiting:
        return Turn(card, nth, facts.cases.get(waiting.case), facts, waiting)
    rng = Random(f"{learner.pk}:{card.pk}:{nth}")  # noqa: S311
    cases = facts.measured(facts.buggy) if facts.buggy else []
    return Turn(card, nth, unseen(cases, {log.case for log in rated}, rng), facts, None)


@transaction.atomic
def show(
    learner: Learner, card: Card, nth: int, emails: int | None, sure: str, asked: str = ""
) -> bool:
    """Keep what was predicted and that the answer was shown; a second time changes nothing.

    `asked` is the digest of the revision that the page showed. Return whether what was said
    is what is kept.
    """
    learner.lock()
    turn = coming(learner, card, asked)
    if turn.log or turn.nth != nth:
        return turn.log is None or emails in (None, turn.log.emails)
    correct = None if emails is None else emails == turn.emails
    learner.review_logs.create(
        card=card,
        nth=nth,
        source=ReviewLog.Source.REVIEW,
        digest=turn.facts.digest,
        case=turn.case.name if turn.case else "",
        emails=emails,
        sure=sure if emails is not None else "",
        correct=correct,
        shown_at=timezone.now(),
        offered=schedule.offered(schedule.measured(correct, sure)),
    )
    return True


@transaction.atomic
def rate(learner: Learner, card: Card, nth: int, rating: int) -> int | None:
    """Rate the turn of this number if it is open; return the rating it has in the end."""
    learner.lock()
    log = learner.review_logs.filter(card=card, nth=nth).first()
    if log is None or log.shown_at is None:
        return None
    if log.rating is None:
        schedule.rate(log, rating)
    return log.rating


def offers(learner: Learner, turn: Turn) -> list[Offer]:
    """Return the four ratings, when each brings the card back, and which is offered."""
    review = learner.reviews.filter(card=turn.card).first()
    waits = schedule.intervals(review, timezone.now())
    best = turn.log.offered if turn.log else None
    return [Offer(n, word, in_words(waits[n]), offered=n == best) for n, word in RATINGS.items()]
