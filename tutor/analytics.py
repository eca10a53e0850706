"""Figures of one card at one revision, and of one group: added up by the database.

An answer is one question of a quiz that was measured to be right or not; a skipped one is not
right, as in the learner's own result. A prediction is what was said on the card's own page
before it ran. Revisions are told apart by the card's digest and never mixed. Whoever may edit
a card, or teaches the group, is not counted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from math import atanh, sqrt, tanh
from typing import Any

from django.db.models import (
    Avg,
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    Max,
    Min,
    Q,
    QuerySet,
    Sum,
    When,
)  # fmt: skip
from django.db.models.fields.json import KT

from questions.models import Card
from tutor.counted import by_learners, since_joined
from tutor.models import Fix, LearnerGroup, Response, Visit
from tutor.models.quiz import SELF_RATED

FEW = 30  # learners: under this many, a discrimination says little
Z = 1.959964  # of a 95 % interval
RIGHT = Case(When(correct=True, then=1.0), default=0.0, output_field=FloatField())
SPENT = ExpressionWrapper(F("answered_at") - F("asked_at"), output_field=DurationField())
SURE_WRONG = Q(sure="sure", correct=False, skipped=False)


def answers(group: LearnerGroup | None = None) -> QuerySet[Response]:
    """Return all measured answers, or those of a group's learners since they joined."""
    # A skipped explanation is kept as not correct, and yet there is nothing to measure.
    found = Response.objects.exclude(kind=SELF_RATED).exclude(correct=None).order_by()
    found = found.exclude(answered_at=None)
    return _of(found, group)


def _of(found: QuerySet[Response], group: LearnerGroup | None) -> QuerySet[Response]:
    mine = since_joined(found, group, at="answered_at", learner="attempt__learner")
    return by_learners(mine, group, learner="attempt__learner")


def visits(group: LearnerGroup | None = None) -> QuerySet[Visit]:
    """Return all visits of cards, or those of a group's learners since they joined."""
    return by_learners(since_joined(Visit.objects.all(), group, at="created_at"), group)


def fixes(group: LearnerGroup | None = None) -> QuerySet[Fix]:
    """Return all that came of own code, or that of a group's learners since they joined."""
    return by_learners(since_joined(Fix.objects.all(), group, at="tried_at"), group)


@dataclass
class Discrimination:
    """A correlation, its 95 % interval, over how many learners; `low` is None when unbounded."""

    r: float | None
    low: float | None
    high: float | None
    learners: int

    @property
    def few(self) -> bool:
        return self.learners < FEW


def correlation(n: int, sums: dict[str, Any]) -> float | None:
    """Return Pearson's r from sums; None when one side does not vary."""
    x, y, xx, yy, xy = (float(sums[key] or 0) for key in ("x", "y", "xx", "yy", "xy"))
    spread = (n * xx - x * x) * (n * yy - y * y)
    if n < 3 or spread <= 1e-12:
        return None
    return max(-1.0, min(1.0, (n * xy - x * y) / sqrt(spread)))


def interval(r: float | None, n: int) -> tuple[float | None, float | None]:
    """Return Fisher's 95 % interval of a correlation over n pairs."""
    if r is None or n < 4 or abs(r) >= 1:
        return None, None
    half = Z / sqrt(n - 3)
    return tanh(atanh(r) - half), tanh(atanh(r) + half)


def discrimination(card: Card, digest: str, group: LearnerGroup | None = None) -> Discrimination:
    """Return how right on this card goes with how right on all other cards (item-rest r).

    Each learner counts once, by the first answer to each card at each revision.
    """
    by_revision = answers().values("attempt__learner", "card", "digest")
    first = by_revision.annotate(first=Min("pk")).values("first")
    pairs = (
        answers(group)
        .filter(pk__in=first)
        .values("attempt__learner")
        .annotate(
            item=Max(RIGHT, filter=Q(card=card, digest=digest)),
            rest=Avg(RIGHT, filter=~Q(card=card)),
        )
        .exclude(Q(item=None) | Q(rest=None))
    )
    sums = pairs.aggregate(
        n=Count("item"),
        x=Sum("item"),
        y=Sum("rest"),
        xx=Sum(F("item") * F("item")),
        yy=Sum(F("rest") * F("rest")),
        xy=Sum(F("item") * F("rest")),
    )
    r = correlation(sums["n"], sums)
    return Discrimination(r, *interval(r, sums["n"]), sums["n"])


def median_time(found: QuerySet[Response]) -> timedelta | None:
    """Return the median time from a question being shown to its answer."""
    spent = found.exclude(asked_at=None).annotate(spent=SPENT).order_by("spent")
    times = spent.values_list("spent", flat=True)
    if not (n := len(spent.values("pk"))):
        return None
    middle = list(times[(n - 1) // 2 : n // 2 + 1])
    return sum(middle, timedelta()) / len(middle)


def totals(found: QuerySet[Response]) -> dict[str, Any]:
    """Return {answers, learners, right, skips, facility, sure_wrong} of some answers."""
    return found.aggregate(
        answers=Count("pk"),
        learners=Count("attempt__learner", distinct=True),
        right=Count("pk", filter=Q(correct=True)),
        skips=Count("pk", filter=Q(skipped=True)),
        facility=Avg(RIGHT),
        sure_wrong=Count("pk", filter=SURE_WRONG),
    )


def grades(found: QuerySet[Response]) -> list[tuple[str, list[int]]]:
    """Return how often each grade, 1 to 4, was self-given: first when right, then when not."""
    given = found.exclude(grade=None).values("correct", "grade").annotate(n=Count("pk"))
    table = {(row["correct"], row["grade"]): row["n"] for row in given}
    rows = (("measured right", True), ("measured not right", False))
    return [(word, [table.get((right, n), 0) for n in range(1, 5)]) for word, right in rows]


def explained(group: LearnerGroup | None = None) -> QuerySet[Response]:
    """Return the answers in own words whose ideas were ticked, of a group since they joined."""
    found = Response.objects.filter(kind="explain", measured__ideas__isnull=False).order_by()
    return _of(found, group)


def ideas(
    all_ideas: list[str], pages: QuerySet[Visit], quizzes: QuerySet[Response]
) -> list[tuple[str, int, int]]:
    """Return for each idea of a revision: how often it was ticked, how often it was not.

    Counted are own words on the card's page, once explained, and in quizzes.
    """
    # As many rows as there are sets of ideas, however many learners there are.
    words = pages.filter(explained=True).exclude(words="").values("ideas")
    rows = [(row["ideas"], row["n"]) for row in words.annotate(n=Count("pk")).order_by()]
    said = quizzes.annotate(ideas=KT("measured__ideas")).values("ideas")
    rows += [(json.loads(row["ideas"]), row["n"]) for row in said.annotate(n=Count("pk"))]
    times = sum(n for _, n in rows)
    have = [sum(n for ticked, n in rows if place in ticked) for place in range(len(all_ideas))]
    return [(idea, have[n], times - have[n]) for n, idea in enumerate(all_ideas)]


def by_card(group: LearnerGroup | None = None) -> list[dict[str, Any]]:
    """Return {card, digest, answers, learners, facility, sure_wrong} of each revision answered."""
    rows = answers(group).values("card", "card__slug", "card__title", "card__number", "digest")
    counted = rows.annotate(
        answers=Count("pk"),
        learners=Count("attempt__learner", distinct=True),
        facility=Avg(RIGHT),
        sure_wrong=Count("pk", filter=SURE_WRONG),
    )
    return [dict(row) for row in counted.order_by("card__number", "digest")]
