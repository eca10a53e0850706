"""Runs that can be shown to others by their address."""

from __future__ import annotations

import secrets

from django.db import models
from django.urls import reverse

from questions.models import Card
from tutor.models.learner import Learner

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def short_id() -> str:
    """Return ten characters (49 bits) that nobody misreads: no 0, o, 1, i, l."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


class SharedRun(models.Model):
    """A run as it was: code, cases, reports, versions. Never changed after it is made.

    `files` is {path: text}; `cases` is [{name, title, action, wanted}]; `reports` holds one
    report (docs/report.md) a case, in the same order.
    """

    id = models.CharField(primary_key=True, max_length=10, default=short_id, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="shared_runs")
    card = models.ForeignKey(
        Card, on_delete=models.SET_NULL, null=True, blank=True, related_name="shared_runs"
    )
    title = models.CharField(max_length=120)
    files = models.JSONField()
    setup = models.TextField(blank=True)
    project = models.JSONField(default=dict, blank=True)
    cases = models.JSONField()
    reports = models.JSONField()
    digest = models.CharField(
        max_length=64,
        blank=True,
        help_text="sha256 of all that ran: the same again is this run. Empty after a merge of two.",
    )
    django = models.CharField(max_length=20)
    python = models.CharField(max_length=20)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "digest"],
                condition=~models.Q(digest=""),
                name="shared_run_once_a_digest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("tutor:shared_run", args=[self.pk])
