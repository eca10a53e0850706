"""Search over cards: every word must be somewhere; what a card keeps back is never quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from questions.card_rows import topics_in_order
from questions.models import Card

AROUND = 70  # Characters of context on each side of the first hit.
WORDS = 8  # More words than this are ignored.


@dataclass(frozen=True)
class Hit:
    """A card that has every word; `quote` is marked HTML, empty when the hit is kept back."""

    card: Card
    where: str
    quote: SafeString
    title: SafeString


def words(query: str) -> list[str]:
    """Return the words of a query in lower case; a quoted part is one word."""
    found = re.findall(r'"([^"]+)"|(\S+)', query.lower())
    return [a or b for a, b in found][:WORDS]


def find(cards: Iterable[Card], query: str) -> list[Hit]:
    """Return the cards in which every word of the query occurs, titles first.

    Read are title, topics, story, question and the buggy code, which everybody sees, and the
    explanation and the answer, which are only said to hold the word. Cards come with their
    `versions` and `topic_links` prefetched.
    """
    wanted = words(query)
    hits = [hit for card in cards if (hit := _hit(card, wanted))]
    return sorted(hits, key=lambda hit: (not hit.title.count("<mark>"), hit.card.number))


def public(card: Card) -> dict[str, str]:
    """Return the texts of a card that everybody may read, by what to call them."""
    buggy: dict[str, str] = next((v.files for v in card.versions.all() if v.kind == "buggy"), {})
    topics = ", ".join(topic.name for topic in topics_in_order(card))
    texts = {"title": card.title, "story": plain(card.scenario), "question": plain(card.question)}
    return {**texts, "topics": topics, **buggy}


def plain(text: str) -> str:
    """Return Markdown without its marks, to quote from."""
    return re.sub(r"[`*]|(?m:^[-#>]+ )", "", text)


def _hit(card: Card, wanted: list[str]) -> Hit | None:
    texts = public(card)
    open_text = "\n".join(texts.values()).lower()
    kept_back = f"{card.explanation}\n{card.answer}".lower()
    if not wanted or not all(word in open_text or word in kept_back for word in wanted):
        return None
    title = marked(card.title, wanted)
    del texts["title"]
    name = max(texts, key=lambda name: sum(word in texts[name].lower() for word in wanted))
    if quote := _quote(texts[name], wanted):
        return Hit(card, name, quote, title)
    return Hit(card, "" if "<mark>" in title else "explanation", SafeString(""), title)


def _quote(text: str, wanted: list[str]) -> SafeString:
    """Return the part of a text around its first hit, marked; empty when there is none."""
    flat = " ".join(text.replace("`", "").split())
    places = [at for word in wanted if (at := flat.lower().find(word)) >= 0]
    if not places:
        return SafeString("")
    start, end = max(0, min(places) - AROUND), min(places) + AROUND
    if start:
        start = flat.find(" ", start, min(places)) + 1 or start
    piece = flat[start:end].rsplit(" ", 1)[0] if end < len(flat) else flat[start:]
    quote = marked(piece, wanted)
    return mark_safe(f"{'… ' * bool(start)}{quote}{' …' * (end < len(flat))}")  # noqa: S308


def marked(text: str, wanted: list[str]) -> SafeString:
    """Return the text as HTML, escaped, with every word wanted in <mark>."""
    if not wanted:
        return SafeString(escape(text))
    pattern = "|".join(re.escape(word) for word in sorted(wanted, key=len, reverse=True))
    pieces = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    # Split with one group: every second piece is a hit. All of them are escaped.
    html = (f"<mark>{escape(p)}</mark>" if i % 2 else str(escape(p)) for i, p in enumerate(pieces))
    return mark_safe("".join(html))  # noqa: S308
