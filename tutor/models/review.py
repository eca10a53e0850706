"""When a card comes back to a learner, and every rating that decided it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from questions.models import Card
from tutor.models.learner import Learner
from tutor.models.quiz import Response
from tutor.models.visit import Sure


class ReviewQuerySet(models.QuerySet["Review"]):
    def due(self) -> ReviewQuerySet:
        """Return what is due now, sure misses first, then the longest overdue."""
        published = self.filter(card__status=Card.Status.PUBLISHED)
        return published.filter(due__lte=timezone.now()).order_by("-sure_miss", "due", "pk")

    def coming(self) -> ReviewQuerySet:
        """Return what is not due yet, the soonest first."""
        published = self.filter(card__status=Card.Status.PUBLISHED)
        return published.filter(due__gt=timezone.now()).order_by("due", "pk")


class Review(models.Model):
    """The schedule of one card for one learner: what the ratings in ReviewLog add up to.

    `stability` is in days, `difficulty` 1-10, as in FSRS; `state` and `step` are its own.
    """

    class State(models.IntegerChoices):
        LEARNING = 1, "learning"
        REVIEW = 2, "review"
        RELEARNING = 3, "relearning"

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="reviews")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="reviews")
    due = models.DateTimeField(db_index=True)
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    state = models.PositiveSmallIntegerField(choices=State)
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    last_review = models.DateTimeField(null=True)
    sure_miss = models.BooleanField(default=False, help_text="The last prediction was sure, wrong.")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "card"], name="review_once_a_card"),
            models.CheckConstraint(condition=Q(state__in=[1, 2, 3]), name="review_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.learner}, {self.card.slug}, due {self.due:%Y-%m-%d}"


class ReviewLogQuerySet(models.QuerySet["ReviewLog"]):
    def rated(self) -> ReviewLogQuerySet:
        """Return the ratings given, in the order they were given."""
        return self.exclude(rated_at=None).order_by("rated_at", "pk")


class ReviewLog(models.Model):
    """One turn at a card: asked, shown, rated. Rows are the truth, Review is made from them."""

    class Source(models.TextChoices):
        CARD = "card", "card page"
        QUIZ = "quiz", "quiz"
        REVIEW = "review", "review"

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="review_logs")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="review_logs")
    nth = models.PositiveSmallIntegerField(help_text="Which turn at this card, from 1.")
    source = models.CharField(max_length=6, choices=Source)
    response = models.OneToOneField(
        Response, on_delete=models.SET_NULL, null=True, blank=True, related_name="review_log"
    )
    digest = models.CharField(
        max_length=64, blank=True, help_text="The card's revision when it was asked."
    )
    case = models.CharField(max_length=60, blank=True)
    emails = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Predicted.")
    sure = models.CharField(max_length=5, choices=Sure, blank=True)
    correct = models.BooleanField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    offered = models.PositiveSmallIntegerField(null=True, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewLogQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "card", "nth"], name="turn_once_a_number"),
            models.CheckConstraint(
                condition=Q(rating=None, rated_at=None)
                | Q(rating__gte=1, rating__lte=4, rated_at__isnull=False),
                name="turn_rating_1_to_4_and_when",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["card", "quiz", "review"]), name="turn_source_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner}, {self.card.slug}, turn {self.nth}"

    def given(self) -> tuple[int, datetime]:
        """Return the rating and when it was given; raise ValueError for an open turn."""
        if self.rating is None or self.rated_at is None:
            raise ValueError("This turn was not rated.")
        return self.rating, self.rated_at
