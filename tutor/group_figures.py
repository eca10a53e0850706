"""A group's figures: who is stuck, what to discuss next, how sure against how right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, IntegerField, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from tutor import score
from tutor.analytics import RIGHT, SURE_WRONG, answers, by_card
from tutor.models import LearnerGroup, Live, LiveAnswer, Membership
from tutor.predicted import learners_in_class

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
    """Return every learner in the group: stuck ones first, then the least right first."""
    rows = (
        answers(group)
        .values("attempt__learner")
        .annotate(
            answers=Count("pk"),
            hits=Count("pk", filter=Q(correct=True)),
            sure_wrong=Count("pk", filter=SURE_WRONG),
        )
    )
    by_learner = {row["attempt__learner"]: dict(row) for row in rows}
    found = [_member(each, by_learner.get(each.learner_id, {})) for each in group.learners()]
    return sorted(found, key=lambda each: (not each.stuck, each.share is None, each.share or 0))


def _member(each: Membership, row: dict[str, Any]) -> Member:
    of, right = row.get("answers", 0), row.get("hits", 0)
    share = right / of if of else None
    return Member(each.shown, each.key, of, right, share, row.get("sure_wrong", 0))


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
    mine = learners_in_class(LiveAnswer.objects.filter(live__group=group)).values("pk")
    first, second = (Q(answers__round=nth, answers__in=mine) for nth in (1, 2))
    told = group.lives.filter(stage=Live.Stage.TOLD).select_related("card")
    counted = told.annotate(
        first=Count("answers", filter=first),
        first_right=Count("answers", filter=first & right),
        second=Count("answers", filter=second),
        second_right=Count("answers", filter=second & right),
    )
    names = ("first", "first_right", "second", "second_right")
    return [
        {"live": live, **{name: getattr(live, name) for name in names}}
        for live in counted.order_by("-pk")
    ]
