"""What the first page of the admin says about cards."""

from __future__ import annotations

from typing import Any

from django import template

from questions import flags
from questions.models import Card

register = template.Library()


@register.simple_tag
def flagged(user: Any) -> int:
    """Return how many cards that the user sees were found not true any more."""
    return Card.objects.visible_to(user).exclude(flag=None).count()


@register.simple_tag
def ever_verified() -> bool:
    """Return whether a nightly run ever looked for cards that are not true any more."""
    return flags.ever_ran()
