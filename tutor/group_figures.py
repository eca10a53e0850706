"""A group's figures: who is stuck, what to discuss next, how sure against how right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, IntegerField, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from tutor import score
from tutor.analytics import RIGHT, SURE_WRONG, answers, by_card
from tutor.models import LearnerGroup, Live

ENOUGH = 4  # answers, before somebody is called stuck
SURE_MISSES = 3


@dataclass
class Member:
    """What one learner of a group answered since joining."""

    name: str
    key: str
    answers: int
    right: int
    share: float | None
    sure_wrong: int

    @property
    def stuck(self) -> bool:
        """Whether fewer than half are right of four answers or more, or three sure ones miss."""
        if self.answers < ENOUGH or self.share is None:
            return False
        return self.share < 0.5 or self.sure_wrong >= SURE_MISSES


def members(group: LearnerGroup) -> list[Member]:
    """Return everybody in the group: stuck ones first, then the least right first."""
    there = {each.pk: each for each in group.members()}
    order = list(there)
    since = {"answered_at__gte": F("joined_at")}
    rows = group.memberships.values("pk").annotate(
        answers=Count(
            "learner__attempts__responses", filter=_answers(**since, correct__isnull=False)
        ),
        right=Count("learner__attempts__responses", filter=_answers(**since, correct=True)),
        sure_wrong=Count(
            "learner__attempts__responses",
            filter=_answers(**since, correct=False, sure="sure", skipped=False),
        ),
    )
    found = [
        Member(
            there[row["pk"]].shown,
            there[row["pk"]].key,
            row["answers"],
            row["right"],
            row["right"] / row["answers"] if row["answers"] else None,
            row["sure_wrong"],
        )
        for row in sorted(rows, key=lambda row: order.index(row["pk"]))
    ]
    return sorted(found, key=lambda each: (not each.stuck, each.share is None, each.share or 0))


def _answers(**wanted: Any) -> Q:
    return Q(**{f"learner__attempts__responses__{name}": value for name, value in wanted.items()})


def to_discuss(group: LearnerGroup, most: int = 5) -> list[dict[str, Any]]:
    """Return the cards to talk about: most sure misses first, then the lowest facility."""
    rows = [row for row in by_card(group) if row["facility"] < 1]
    return sorted(rows, key=lambda row: (-row["sure_wrong"], row["facility"]))[:most]


def calibration(group: LearnerGroup) -> score.Curve:
    """Return how often the group was right when guessing, thinking and sure."""
    rows = answers(group).exclude(skipped=True).values_list("sure", "correct")
    counted = rows.annotate(n=Count("pk"))
    pairs = [(sure, right) for sure, right, n in counted for _ in range(n)]
    return score.curve_of(pairs)


def summary(group: LearnerGroup) -> dict[str, Any]:
    """Return {answers, facility, sure_wrong} of the whole group."""
    return answers(group).aggregate(
        answers=Count("pk"), facility=Avg(RIGHT), sure_wrong=Count("pk", filter=SURE_WRONG)
    )


def in_class(group: LearnerGroup) -> list[dict[str, Any]]:
    """Return {live, first, first_right, second, second_right} of each case told in class.

    Those who predicted in a round, and how many of them said what was measured; newest first.
    """
    right = Q(answers__emails=Cast(KT("key__emails"), IntegerField()))
    told = group.lives.filter(stage=Live.Stage.TOLD).select_related("card")
    counted = told.annotate(
        first=Count("answers", filter=Q(answers__round=1)),
        first_right=Count("answers", filter=Q(answers__round=1) & right),
        second=Count("answers", filter=Q(answers__round=2)),
        second_right=Count("answers", filter=Q(answers__round=2) & right),
    )
    names = ("first", "first_right", "second", "second_right")
    return [
        {"live": live, **{name: getattr(live, name) for name in names}}
        for live in counted.order_by("-pk")
    ]
