"""The one program of a learner that belongs to no card."""

from __future__ import annotations

from django.db import models

from tutor.models.learner import Learner


class Playground(models.Model):
    """What is in a learner's playground and what was put aside: a questions.playground.Kept.

    `earlier` is [{"draft", "why"}], the oldest first.
    """

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, related_name="playground")
    draft = models.JSONField(null=True)
    earlier = models.JSONField(default=list)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"the playground of {self.learner}"
