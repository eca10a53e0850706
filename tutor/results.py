"""Results as CSV: of a group for its instructor, of cards for whoever may edit them.

Own words and own code are never in it: learners were told so when they joined.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from typing import Any

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from questions.models import Card
from tutor.counted import by_learners, since_joined
from tutor.export import safe_cell
from tutor.kinds import number, row
from tutor.models import LearnerGroup, LiveAnswer, Response, ReviewLog
from tutor.predicted import learners_in_class

COLUMNS = (
    "when", "learner", "key", "card", "revision", "where", "kind", "case", "round", "predicted",
    "sure", "skipped", "correct", "points", "self_grade_1_again_to_4_easy", "link",
)  # fmt: skip
Link = Callable[[Card], str]
Who = Callable[[Any], tuple[str, str]]  # the name and the key of a learner's id
Row = tuple[Any, ...]


def of_group(group: LearnerGroup, link: Link) -> str:
    """Return what the members did since they joined, under the names they gave themselves."""
    who = "attempt__learner"
    responses = since_joined(Response.objects.all(), group, at="answered_at", learner=who)
    turns = since_joined(ReviewLog.objects.all(), group, at="rated_at")
    said = since_joined(LiveAnswer.objects.filter(live__group=group), group, at="answered_at")
    names = {each.learner_id: (each.shown, each.key) for each in group.members()}
    return _csv(_rows(responses, turns, said, names.__getitem__, link, group))


def of_cards(cards: Iterable[Card], link: Link) -> str:
    """Return what everybody did on these cards; learners are told apart and not named."""
    cards = list(cards)
    responses = Response.objects.filter(card__in=cards).exclude(answered_at=None)
    turns = ReviewLog.objects.filter(card__in=cards).exclude(rated_at=None)
    said = LiveAnswer.objects.filter(live__card__in=cards)
    return _csv(_rows(responses, turns, said, lambda who: (pseudonym(who),) * 2, link))


def pseudonym(learner: Any) -> str:
    """Return a word for a learner's id: the same in every file of this site, and no way back."""
    return salted_hmac("tutor.results", str(learner), algorithm="sha256").hexdigest()[:10]


def _rows(
    responses: Any,
    turns: Any,
    said: QuerySet[LiveAnswer],
    who: Who,
    link: Link,
    group: LearnerGroup | None = None,
) -> list[Row]:
    """Return learners' quiz answers, rated turns and predictions in class, the oldest first."""
    responses = by_learners(responses, group, learner="attempt__learner")
    turns = by_learners(turns, group)
    found = [*_answers(responses, who, link), *_turns(turns, who, link)]
    found += _in_class(learners_in_class(said), who, link)
    return sorted(found, key=lambda each: each[:4])


def _answers(responses: Any, who: Who, link: Link) -> Iterator[Row]:
    # Questions, keys and cards are long; what is written here is not.
    few = responses.select_related("card", "attempt").only(
        "answered_at", "kind", "digest", "case", "answer", "sure", "skipped", "correct", "points",
        "grade", "attempt__learner_id", "card__slug",
    )  # fmt: skip
    for each in few:
        yield (each.answered_at.isoformat(), *who(each.attempt.learner_id), each.card.slug,
               each.digest, "quiz", each.kind, each.case, "", _predicted(each), each.sure,
               each.skipped, *_measured(each), each.grade, link(each.card))  # fmt: skip


def _measured(response: Response) -> tuple[bool | None, float | None]:
    """Return `correct` and `points`; both are empty where only the learner can say."""
    return (None, None) if response.self_rated else (response.correct, response.points)


def _predicted(response: Response) -> Any:
    """Return the number that was said, of a whole row "A 1, B 0, C 2" in the order of the page."""
    if response.kind == number.NAME:
        return response.answer
    if response.kind != row.NAME or response.answer is None:
        return None
    return ", ".join(f"{chr(ord('A') + n)} {said}" for n, said in enumerate(response.answer))


def _turns(turns: Any, who: Who, link: Link) -> Iterator[Row]:
    # A turn in a quiz is told by its answer.
    for each in turns.exclude(source=ReviewLog.Source.QUIZ).select_related("card"):
        yield (each.rated_at.isoformat(), *who(each.learner_id), each.card.slug,
               each.digest, each.source,
               "number", each.case, "", each.emails, each.sure, False, each.correct, None,
               each.rating, link(each.card))  # fmt: skip


def _in_class(said: QuerySet[LiveAnswer], who: Who, link: Link) -> Iterator[Row]:
    for each in said.select_related("live__card"):
        live = each.live
        right = each.emails == live.key["emails"]
        yield (each.answered_at.isoformat(), *who(each.learner_id), live.card.slug,
               live.digest, "class", "number", live.case, each.round, each.emails, each.sure,
               False, right, float(right), None, link(live.card))  # fmt: skip


def _csv(rows: Iterable[Row]) -> str:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(value) for value in each] for each in rows)
    return text.getvalue()
