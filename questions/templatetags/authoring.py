"""What the first page of the admin says about cards."""

from __future__ import annotations

from typing import Any

from django import template

from questions import flags
from questions.models import Card
from sandbox import client

TIERS = {
    "full": "everything runs, each layer of the sealing in place",
    "no-namespaces": "everything runs, held by one layer where two are usual",
    "shipped-only": "only the programs that come with this site run; what is written or edited "
    "here is refused",
    "none": "nothing can run",
}

register = template.Library()


@register.simple_tag
def flagged(user: Any) -> int:
    """Return how many cards that the user sees were found not true any more."""
    return Card.objects.visible_to(user).exclude(flag=None).count()


@register.simple_tag
def ever_verified() -> bool:
    """Return whether a nightly run ever looked for cards that are not true any more."""
    return flags.ever_ran()


@register.simple_tag
def sandbox_tier() -> dict[str, str]:
    """Return what the sandbox of this machine is, in words, and why it is no better."""
    status = client.status()
    tier = status.tier if status.available else "none"
    return {"tier": tier, "means": TIERS[tier], "why": status.why}
