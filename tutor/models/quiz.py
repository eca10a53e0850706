"""Quizzes: what was asked for, one sitting, one answer in it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from questions.models import Card, Topic
from tutor.models.learner import Learner
from tutor.models.visit import Sure

# Own words: nothing measures them, so they are never among those that are right "of so many".
SELF_RATED = "explain"


class Quiz(models.Model):
    """What a learner asked for: an empty list or no topic means all of them."""

    class Only(models.TextChoices):
        ALL = "", "all cards"
        WRONG = "wrong", "only what I got wrong"
        DUE = "due", "only what is due"

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="quizzes")
    topics = models.ManyToManyField(Topic, blank=True)
    difficulties = models.JSONField(default=list, blank=True)
    kinds = models.JSONField(default=list, blank=True)
    only = models.CharField(max_length=5, choices=Only, blank=True)
    length = models.PositiveSmallIntegerField(default=5)
    show_time = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "quizzes"
        constraints = [
            models.CheckConstraint(
                condition=Q(length__gte=1, length__lte=50), name="quiz_length_1_to_50"
            ),
            models.CheckConstraint(
                condition=Q(only__in=["", "wrong", "due"]), name="quiz_only_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.length} questions"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def open(self) -> AttemptQuerySet:
        """Return the sittings that can be resumed, the newest first."""
        return self.filter(finished_at=None).order_by("-started_at")

    def finished(self) -> AttemptQuerySet:
        """Return the sittings that are over, the newest first."""
        return self.exclude(finished_at=None).order_by("-finished_at")


class Attempt(models.Model):
    """One sitting. `token` comes with the form that started it: a double click starts one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="attempts")
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="attempts")
    token = models.UUIDField(default=uuid.uuid4)
    seed = models.PositiveBigIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "token"], name="attempt_once_a_token")
        ]

    def __str__(self) -> str:
        return f"{self.quiz} begun {self.started_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("tutor:attempt", args=[self.pk])

    @property
    def finished(self) -> bool:
        """Return whether the sitting is over."""
        return self.finished_at is not None

    @property
    def right(self) -> int:
        """Return how many answers are right so far, by measurement."""
        return sum(each.right for each in self.responses.all() if not each.self_rated)

    @property
    def measured(self) -> int:
        """Return how many questions are measured: what `right` is out of."""
        return sum(not each.self_rated for each in self.responses.all())

    @property
    def rated(self) -> int:
        """Return how many explanations the learner gave and rated alone."""
        return sum(each.self_rated and each.given for each in self.responses.all())

    def next_position(self) -> int | None:
        """Return the first position that waits for an answer or a grade, or None."""
        waiting = self.responses.filter(done_at=None).order_by("position")
        return waiting.values_list("position", flat=True).first()

    def finish(self) -> None:
        """End the sitting once; ending it again changes nothing."""
        Attempt.objects.filter(pk=self.pk, finished_at=None).update(finished_at=timezone.now())
        self.refresh_from_db(fields=["finished_at"])


class Response(models.Model):
    """One question of a sitting, as it was made, and what became of it.

    `ask` is what the learner may see, `key` what grades it: both are fixed when the sitting
    begins, so a card edited meanwhile mixes nothing. `work` is what is kept before answering
    (an order being moved about, a draft). Answered first, then `done_at`: graded or skipped.
    `points` is the measured share of right, 0 to 1; null when only the learner can say.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="responses")
    case = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, help_text="sha256 of the card's programs.")
    ask = models.JSONField()
    key = models.JSONField()
    work = models.JSONField(null=True, blank=True)
    answer = models.JSONField(null=True, blank=True)
    sure = models.CharField(max_length=5, choices=Sure, blank=True)
    skipped = models.BooleanField(default=False)
    correct = models.BooleanField(null=True, blank=True)
    points = models.FloatField(null=True, blank=True)
    measured = models.JSONField(null=True, blank=True, help_text="What the answer's own run did.")
    grade = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1-4, self-given.")
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="response_once_a_place"),
            models.CheckConstraint(
                condition=Q(grade=None) | Q(grade__gte=1, grade__lte=4),
                name="response_grade_1_to_4",
            ),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0, points__lte=1),
                name="response_points_0_to_1",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | ~Q(answered_at=None),
                name="response_done_after_answered",
            ),
            models.CheckConstraint(
                condition=Q(sure__in=["", "guess", "think", "sure"]), name="response_sure_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.kind} of {self.card.slug}"

    def get_absolute_url(self) -> str:
        return reverse("tutor:question", args=[self.attempt_id, self.position])

    @property
    def self_rated(self) -> bool:
        """Return whether only the learner can say how well it went."""
        return self.kind == SELF_RATED

    @property
    def given(self) -> bool:
        """Return whether there is an answer: neither waiting nor skipped."""
        return self.answered_at is not None and not self.skipped

    @property
    def right(self) -> bool:
        """Return whether it went well: by measurement, or else by the learner's 3 or 4.

        This decides what is asked again. What is counted as right leaves the self-rated out.
        """
        if not self.given:
            return False
        if self.correct is not None:
            return self.correct
        return (self.grade or 0) >= 3
