"""A card in class: everybody predicts, the instructor reveals, all predict again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from questions.models import Card
from tutor.models.group import LearnerGroup
from tutor.models.learner import Learner
from tutor.models.visit import Sure


class Live(models.Model):
    """One case of a card shown to one group, as it was when it was opened.

    `ask` is what learners may see, `key` what was measured, as of tutor.kinds.number. The
    steps are those of peer instruction: Crouch & Mazur, Am. J. Phys. 69, 970 (2001).
    """

    class Stage(models.IntegerChoices):
        FIRST = 1, "round 1"
        SHOWN = 2, "round 1 is revealed"
        SECOND = 3, "round 2"
        BOTH = 4, "round 2 is revealed"
        TOLD = 5, "what was measured"

    group = models.ForeignKey(LearnerGroup, on_delete=models.CASCADE, related_name="lives")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="lives")
    case = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, help_text="sha256 of the card's programs.")
    ask = models.JSONField()
    key = models.JSONField()
    stage = models.PositiveSmallIntegerField(choices=Stage, default=Stage.FIRST)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(closed_at=None), name="one_live_open_a_group"
            ),
            models.CheckConstraint(
                condition=Q(stage__gte=1, stage__lte=5), name="live_stage_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card.title}: {self.ask['case']['title']}"

    def get_absolute_url(self) -> str:
        return reverse("tutor:live", args=[self.group_id, self.pk])

    @property
    def classroom(self) -> str:
        """Return the address of the page where learners answer it."""
        return reverse("tutor:classroom", args=[self.group_id])

    @property
    def round(self) -> int:
        """Return which round it is: 1 before the discussion, 2 after it."""
        return 1 if self.stage <= self.Stage.SHOWN else 2

    @property
    def asking(self) -> bool:
        """Return whether predictions are taken."""
        return self.closed_at is None and self.stage in (self.Stage.FIRST, self.Stage.SECOND)

    @property
    def told(self) -> bool:
        return self.stage == self.Stage.TOLD

    def move(self, *, to: int) -> bool:
        """Go on to a later stage; return False when another click did so before."""
        steps = {2: [1], 3: [2], 4: [3], 5: [2, 4]}
        waiting = Live.objects.filter(pk=self.pk, closed_at=None, stage__in=steps.get(to, []))
        return bool(waiting.update(stage=to))

    def close(self) -> None:
        """End it once; its figures stay."""
        Live.objects.filter(pk=self.pk, closed_at=None).update(closed_at=timezone.now())


class LiveAnswer(models.Model):
    """What one learner predicted in one round; it may be changed until it is revealed."""

    live = models.ForeignKey(Live, on_delete=models.CASCADE, related_name="answers")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="live_answers")
    round = models.PositiveSmallIntegerField()
    emails = models.PositiveSmallIntegerField()
    sure = models.CharField(max_length=5, choices=Sure, blank=True)
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["live", "learner", "round"], name="live_answer_once_a_round"
            ),
            models.CheckConstraint(
                condition=Q(round__in=[1, 2], emails__lte=99), name="live_answer_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(sure__in=["", "guess", "think", "sure"]), name="live_sure_known"
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.round}: {self.emails}"
