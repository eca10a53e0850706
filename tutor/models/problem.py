"""What a learner says is wrong with a card, and what an instructor answers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from questions.admin.who import EDIT_ALL
from questions.models import Card
from tutor.models.learner import Learner


class ProblemQuerySet(models.QuerySet["Problem"]):
    def seen_by(self, user: Any) -> ProblemQuerySet:
        """Return what this instructor may answer: own cards, own groups; editors all."""
        if user.has_perm(EDIT_ALL):
            return self
        taught = Learner.objects.filter(memberships__group__owner=user.pk)
        return self.filter(Q(card__author=user.pk) | Q(learner__in=taught))

    def unread(self) -> ProblemQuerySet:
        """Return those whose answer was not read yet by whoever told them."""
        return self.exclude(answered_at=None).filter(read_at=None)


class Problem(models.Model):
    """One remark on one card at one revision; who made it is not shown to instructors."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="problems")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="problems")
    digest = models.CharField(max_length=64, blank=True, help_text="The card's revision.")
    words = models.TextField(max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(
        null=True, blank=True, help_text="When whoever told it first read this answer."
    )

    objects = ProblemQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.card.slug}: {self.words[:40]}"

    def reply(self, user: Any, answer: str) -> None:
        """Keep the answer; a later one takes its place, and is to be read anew."""
        self.answer, self.answered_by, self.answered_at = answer, user, timezone.now()
        self.read_at = None
        self.save(update_fields=["answer", "answered_by", "answered_at", "read_at"])
