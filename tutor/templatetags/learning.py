"""What the learner's pages draw."""

from __future__ import annotations

from typing import Any

from django import template

from questions import code

register = template.Library()


@register.filter
def code_lines(text: str, name: str = "models.py") -> Any:
    """Return the highlighted lines of a file or a case, without the notes on a case's top."""
    return code.shown(text, name)


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """Return mapping[key], or None."""
    return mapping.get(key) if mapping else None


@register.filter
def percent(part: int, of: int) -> int:
    """Return a share as a whole number from 0 to 100."""
    return round(100 * part / of) if of else 0


@register.filter
def letter(number: int) -> str:
    """Return A for 0, B for 1, …"""
    return chr(ord("A") + number)


@register.filter
def clock(seconds: int) -> str:
    """Return 75 as 1:15."""
    return f"{seconds // 60}:{seconds % 60:02}"
