"""What one learner did on one card's page."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from questions.models import Card
from tutor.models.learner import Learner


class Sure(models.TextChoices):
    """How sure a learner says to be."""

    GUESS = "guess", "guess"
    THINK = "think", "think"
    SURE = "sure", "sure"


class Visit(models.Model):
    """One learner on one revision of a card: the columns of questions.visits.Visit, told there.

    `predictions` is {case name: {"emails": int, "sure": str, "more": bool}}.
    `earlier` holds texts that others took the place of: [{"words", "draft", "why"}].
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="visits")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="visits")
    digest = models.CharField(
        max_length=64, blank=True, help_text="The card's revision when the visit began."
    )
    predictions = models.JSONField(default=dict, blank=True)
    ran = models.BooleanField(default=False)
    hints = models.PositiveSmallIntegerField(default=0)
    words = models.TextField(blank=True)
    explained = models.BooleanField(default=False)
    shown = models.BooleanField(default=False)
    ideas = models.JSONField(default=list, blank=True, help_text="Numbers of the ideas ticked.")
    draft = models.JSONField(default=dict, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    earlier = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "card", "digest"], name="visit_once_a_revision"
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=4),
                name="visit_rating_1_to_4",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} on {self.card.slug}"
