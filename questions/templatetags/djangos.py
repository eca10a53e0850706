"""The quiet lines of a card that say of which Djangos its numbers are."""

from typing import Any

from django import template

from questions import versions
from questions.models import Card

register = template.Library()


@register.inclusion_tag("questions/_asked_of.html")
def asked_of(card: Card) -> dict[str, Any]:
    """Return of which Django a number is asked, where that makes a difference."""
    return {"django": versions.asked_of(card)}


@register.inclusion_tag("questions/_djangos.html")
def djangos(card: Card, tell: bool = True) -> dict[str, Any]:
    """Return what the line says; what changed gives the bug away, so `tell` it late."""
    return {"known": versions.djangos(card), "tell": tell}
