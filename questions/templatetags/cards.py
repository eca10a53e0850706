"""Small pieces that many pages draw: text, links of the head, envelopes, icons."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from questions import markdown as md
from questions.card_rows import topics_in_order

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Render an author's Markdown; the renderer cleans it."""
    return mark_safe(md.render(text))  # noqa: S308


@register.simple_tag(takes_context=True)
def nav(context: Context, name: str, word: str) -> SafeString:
    """Return a link of the main navigation, or nothing where the site has no such page."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return SafeString("")
    request = context.get("request")
    here = request is not None and request.path.startswith(url)
    current = SafeString(' aria-current="page"' if here else "")
    return format_html('<li><a href="{}"{}>{}</a></li>', url, current, word)


@register.simple_tag
def maybe_url(name: str, *args: Any) -> str:
    """Return the address of a page, empty where the site has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("questions/_level.html")
def level(card: Any) -> dict[str, Any]:
    """Draw a card's difficulty: bars and a word."""
    bars = [(x, y, n <= card.difficulty) for n, x, y in ((1, 1, 9), (2, 10, 5), (3, 19, 1))]
    return {"bars": bars, "word": card.get_difficulty_display()}


@register.inclusion_tag("questions/_post.html")
def post(marks: Any) -> dict[str, Any]:
    """Draw envelopes: "" as wanted, "extra" too many, "gone" missing, "none" for no email."""
    return {"marks": marks}


@register.filter
def envelopes(count: int) -> list[str]:
    """Return the marks of this many envelopes; one dashed outline stands for none."""
    return [""] * count or ["gone0"]


@register.filter
def of(mapping: Any, key: Any) -> Any:
    """Return mapping[key], or None."""
    return mapping.get(key)


@register.filter
def topics(card: Any) -> Any:
    """Return a card's topics, the main one first."""
    return topics_in_order(card)


@register.filter
def also(card: Any, topic: Any) -> list[str]:
    """Return the names of a card's topics other than this one."""
    return [other.name for other in topics_in_order(card) if other != topic]


NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@register.filter
def traps(count: int) -> str:
    """Return "Four kinds of trap"."""
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} kind{'s' * (count != 1)} of trap"


@register.filter
def words(text: str) -> list[str]:
    """Return the words of a text, to loop over."""
    return text.split()
