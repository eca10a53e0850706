"""How many more tries a client has at a door."""

from django.db import models


class Allowance(models.Model):
    """A token bucket: `tokens` were in it `at` that time. `key` names it and says nothing else."""

    key = models.CharField(max_length=64, unique=True)
    tokens = models.FloatField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.tokens:.1f} tokens"
