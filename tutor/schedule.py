"""When a card is due again: FSRS over the ratings given, deterministic."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import fsrs
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from questions.models import Card
from tutor import past
from tutor.models import Learner, Response, Review, ReviewLog, Visit

# One short step: "again" comes back in this sitting, everything else on another day.
SCHEDULER = fsrs.Scheduler(
    learning_steps=(timedelta(minutes=10),),
    relearning_steps=(timedelta(minutes=10),),
    enable_fuzzing=False,
)
RATINGS = {1: "again", 2: "hard", 3: "good", 4: "easy"}


def measured(correct: bool | None, sure: str) -> int | None:
    """Return the rating a measured answer stands for; None when nothing was measured."""
    if correct is None:
        return None
    if not correct:
        return 1
    return {"guess": 2, "sure": 4}.get(sure, 3)


def offered(*grades: int | None) -> int:
    """Return the lowest of the measured and the self-given grades; 3 when there is none."""
    return min((grade for grade in grades if grade), default=3)


def replay(ratings: Iterable[tuple[int, datetime]]) -> fsrs.Card | None:
    """Return the FSRS card after these (rating, when) in order; None without any."""
    state = None
    for rating, when in ratings:
        state = state or fsrs.Card(card_id=0, due=when)
        state, _ = SCHEDULER.review_card(state, fsrs.Rating(rating), when)
    return state


def intervals(review: Review | None, now: datetime) -> dict[int, timedelta]:
    """Return for each rating how long until the card comes back."""
    before = _as_fsrs(review) if review else fsrs.Card(card_id=0, due=now)
    return {
        rating: SCHEDULER.review_card(before, fsrs.Rating(rating), now)[0].due - now
        for rating in RATINGS
    }


def rebuild(learner: Learner, card: Card) -> Review | None:
    """Make the review of this card from its ratings; remove it when none is left."""
    logs = list(learner.review_logs.filter(card=card).rated())
    state = replay(log.given() for log in logs)
    if state is None:
        learner.reviews.filter(card=card).delete()
        return None
    predicted = [log for log in logs if log.correct is not None]
    last = predicted[-1] if predicted else None
    review, _ = learner.reviews.update_or_create(
        card=card,
        defaults={
            "due": state.due,
            "stability": state.stability,
            "difficulty": state.difficulty,
            "state": int(state.state),
            "step": state.step,
            "last_review": state.last_review,
            "sure_miss": bool(last and last.sure == "sure" and not last.correct),
        },
    )
    return review


@transaction.atomic
def turn(learner: Learner, card: Card, source: str, response: Response | None = None) -> ReviewLog:
    """Return the open turn at this card, made when there is none; a quiz's is its response's."""
    learner.lock()
    logs = learner.review_logs.filter(card=card)
    if response and (known := logs.filter(response=response).first()):
        return known
    waiting = logs.filter(rated_at=None, source=source, response=response).first()
    last = logs.aggregate(last=Max("nth"))["last"] or 0
    return waiting or logs.create(
        learner=learner, card=card, nth=last + 1, source=source, response=response
    )


@transaction.atomic
def rate(log: ReviewLog, rating: int) -> Review | None:
    """Keep this rating of the turn and schedule the card; the same again changes nothing."""
    log.rating = rating
    log.rated_at = log.rated_at or timezone.now()
    log.save()
    return rebuild(log.learner, log.card)


@transaction.atomic
def rate_visit(visit: Visit, rating: int) -> Review | None:
    """Schedule the card as it was rated on its page: once a day, a second rating replaces it.

    A card that came back since then has a turn of its own.
    """
    logs = visit.learner.review_logs.filter(card=visit.card, source=ReviewLog.Source.CARD)
    last, back = logs.rated().last(), visit.learner.reviews.due().filter(card=visit.card).exists()
    if last is None or back or last.given()[1].date() != timezone.now().date():
        last = turn(visit.learner, visit.card, ReviewLog.Source.CARD)
        last.digest = visit.digest
        _take_prediction(last, visit)
    return rate(last, rating)


def _take_prediction(log: ReviewLog, visit: Visit) -> None:
    """Note the surest prediction of the visit and whether the measured claim agrees with it."""
    then = past.of(visit.card, visit.digest or visit.card.data().digest)
    order = ("guess", "", "think", "sure")
    for case, given in visit.predictions.items():
        right = then.fits(case, given) if then else None
        if right is None:
            continue
        if log.case and order.index(given["sure"]) < order.index(log.sure):
            continue
        if log.case and order.index(given["sure"]) == order.index(log.sure) and right:
            continue
        log.case, log.emails, log.sure, log.correct = case, given["emails"], given["sure"], right


@transaction.atomic
def undo(learner: Learner, *, card: Card | None = None, source: str = "review") -> ReviewLog | None:
    """Take back the last rating from this source; return its turn, open again, or None."""
    learner.lock()
    logs = learner.review_logs.filter(source=source)
    if card:
        logs = logs.filter(card=card)
    log = logs.rated().last()
    if log is None:
        return None
    # A turn that was opened since then is empty: two open ones would be one too many.
    learner.review_logs.filter(card=log.card, rated_at=None, source=source).delete()
    log.rating = log.rated_at = None
    log.save()
    rebuild(learner, log.card)
    return log


def _as_fsrs(review: Review) -> fsrs.Card:
    return fsrs.Card(
        card_id=0,
        state=fsrs.State(review.state),
        step=review.step,
        stability=review.stability,
        difficulty=review.difficulty,
        due=review.due,
        last_review=review.last_review,
    )
