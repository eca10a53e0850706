"""How learners' own code came out, for instructors to see what is tried; a key to nothing."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from questions.models import Card
from tutor.models.learner import Learner


class Fix(models.Model):
    """One ledger that one learner's own code gave on one card; the same one again adds a run.

    `cells` is [{"case", "emails", "error", "ok"}] in the order of the cases, as the run said
    it: a program may lie about itself, so nothing is ever graded or claimed by these rows.
    `files` is the last text that gave it, changed files only; empty when it is too long.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="fixes")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="fixes")
    digest = models.CharField(max_length=64, help_text="The card's revision.")
    ledger = models.CharField(max_length=64, help_text="sha256 of the cells.")
    cells = models.JSONField()
    held = models.PositiveSmallIntegerField(help_text="Cases that came out as wanted.")
    of = models.PositiveSmallIntegerField(help_text="All cases.")
    files = models.JSONField(default=dict)
    runs = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "fixes"
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "card", "digest", "ledger"], name="fix_once_a_ledger"
            ),
            models.CheckConstraint(condition=Q(held__lte=F("of")), name="fix_held_of_all"),
        ]
        indexes = [models.Index(fields=["card", "digest", "ledger"], name="fix_by_ledger")]

    def __str__(self) -> str:
        return f"{self.card.slug}: {self.held} of {self.of}"
