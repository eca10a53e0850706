"""The quiet line of a card that says on which Djangos it was measured."""

from typing import Any

from django import template

from questions import versions
from questions.models import Card

register = template.Library()


@register.inclusion_tag("questions/_djangos.html")
def djangos(card: Card, tell: bool = True) -> dict[str, Any]:
    """Return what the line says; what changed gives the bug away, so `tell` it late."""
    return {"known": versions.djangos(card), "tell": tell}
