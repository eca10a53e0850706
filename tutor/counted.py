"""Whose rows figures count: those of learners, and of a group's learners since they joined."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.models import User
from django.db.models import F, Model, Q, QuerySet

from questions.card_import import EDIT_ALL
from questions.models import Card
from tutor.models import LearnerGroup

Row = TypeVar("Row", bound=Model)


def by_learners(
    rows: QuerySet[Row],
    group: LearnerGroup | None = None,
    *,
    learner: str = "learner",
    card: str | Card = "card",
) -> QuerySet[Row]:
    """Leave out what was done on a card by whoever may edit it, or teaches the group.

    `learner` and `card` are the paths from a row to them; `card` may be the one card itself.
    """
    author = card.author_id if isinstance(card, Card) else F(f"{card}__author")
    may_edit = Q(**{f"{learner}__user": author}) if author else Q()
    editors = User.objects.with_perm(EDIT_ALL, is_active=None)  # type: ignore[arg-type]
    may_edit |= Q(**{f"{learner}__user__in": editors})
    if group:
        may_edit |= Q(**{f"{learner}__user": group.owner_id})
    return rows.exclude(may_edit)


def since_joined(
    rows: QuerySet[Row], group: LearnerGroup | None, *, at: str, learner: str = "learner"
) -> QuerySet[Row]:
    """Keep what members of the group did from joining on; all of it without a group."""
    if group is None:
        return rows
    member = f"{learner}__memberships"
    since = {f"{member}__group": group, f"{at}__gte": F(f"{member}__joined_at")}
    return rows.filter(**since)
