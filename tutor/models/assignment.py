"""A quiz that an instructor sets for a group."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from questions.models import Card
from tutor.models.group import LearnerGroup
from tutor.models.learner import Learner
from tutor.models.quiz import SELF_RATED, Attempt

RATED = Q(responses__kind=SELF_RATED)
GIVEN = Q(responses__answered_at__isnull=False, responses__skipped=False)
SCORE = Count("responses", filter=Q(responses__correct=True) & ~RATED & GIVEN)
OF = Count("responses", filter=~RATED)
OWN = Count("responses", filter=RATED & GIVEN)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def asked_of(self, learner: Learner, *, done: bool | None = None) -> AssignmentQuerySet:
        """Return what is set for this learner: what is not finished first, soonest due first.

        With `done`, only the finished or only the others. Each has `begun`, `done`, and once it
        is done `sitting` (a key), `right`, `of` and `own` (as of `attempts`), of this learner,
        and `usable`: whether it can be begun.
        """
        sat = Attempt.objects.filter(learner=learner, token=OuterRef("token"))
        over = sat.exclude(finished_at=None).order_by()
        finished = Exists(over)
        counted = over.annotate(score=SCORE, of=OF, own=OWN)
        published = Card.objects.published().filter(assignment=OuterRef("pk"))
        here = self.filter(group__memberships__learner=learner, group__archived_at=None)
        if done is not None:
            here = here.filter(finished if done else ~finished)
        return (
            here.select_related("group")
            .defer("questions")
            .annotate(
                begun=Exists(sat),
                done=finished,
                usable=Exists(published) | ~Q(questions=[]),
                sitting=Subquery(over.values("pk")[:1]),
                right=Subquery(counted.values("score")[:1]),
                of=Subquery(counted.values("of")[:1]),
                own=Subquery(counted.values("own")[:1]),
            )
            .order_by("done", F("due_at").asc(nulls_last=True), "-pk")
        )

    def seen_by(self, user: Any) -> AssignmentQuerySet:
        """Return those of this user's own groups; a superuser reads those of all groups."""
        mine = self if user.is_superuser else self.filter(group__owner=user.pk)
        return mine.defer("questions")

    def with_finished(self) -> AssignmentQuerySet:
        """Give each `finished`: how many of the learners in its group have finished it."""
        taught = Q(learner__user=OuterRef("group__owner"))
        over = Attempt.objects.exclude(finished_at=None).exclude(taught).order_by()
        here = over.filter(token=OuterRef("token"), learner__memberships__group=OuterRef("group"))
        counted = here.values("token").annotate(n=Count("pk")).values("n")
        return self.defer("questions").annotate(finished=Coalesce(Subquery(counted), 0))


class Assignment(models.Model):
    """Cards, kinds and a length, for everybody in a group.

    `token` is the token of every sitting of it: one a learner, however often they click.
    `questions` are fixed when it is set, [{card, kind, case, digest, ask, key}] as of Response:
    whatever becomes of its cards, all are asked the same.
    """

    group = models.ForeignKey(LearnerGroup, on_delete=models.CASCADE, related_name="assignments")
    name = models.CharField(max_length=80)
    cards = models.ManyToManyField(Card)
    kinds = models.JSONField(default=list, blank=True)
    length = models.PositiveSmallIntegerField(default=5)
    questions = models.JSONField(default=list, blank=True, editable=False)
    due_at = models.DateTimeField(null=True, blank=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(length__gte=1, length__lte=50), name="assignment_length_1_to_50"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tutor:assignment", args=[self.group_id, self.pk])

    @property
    def overdue(self) -> bool:
        return self.due_at is not None and self.due_at < timezone.now()

    @property
    def startable(self) -> bool:
        """Whether it can be begun: its questions are fixed, or a card is there to ask about."""
        return bool(self.questions) or self.cards.published().exists()

    def withdrawn(self) -> QuerySet[Card]:
        """Return its cards that are published no more."""
        return self.cards.exclude(status=Card.Status.PUBLISHED)

    def attempts(self) -> QuerySet[Attempt]:
        """Return the sittings of it, each with `score`, `of` and `own`.

        So many right of the measured questions, and how many explanations were self-rated.
        """
        members = Attempt.objects.filter(learner__memberships__group=self.group_id)
        return members.filter(token=self.token).annotate(score=SCORE, of=OF, own=OWN)
