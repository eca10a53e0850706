"""A learner: a guest known by a session, or somebody with an account."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Learner(models.Model):
    """Whoever answers. `user` is null for a guest, who is known by the id in the session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="learner",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.user.get_username() if self.user else f"guest {str(self.id)[:8]}"

    def lock(self) -> None:
        """Let one request at a time go on from here; call it inside a transaction."""
        Learner.objects.select_for_update().get(pk=self.pk)
