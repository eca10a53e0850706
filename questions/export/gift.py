"""Cards as GIFT: an essay to explain each card, a number for each case to predict."""

from __future__ import annotations

import re
from collections.abc import Iterable

from questions.card_data import CardData
from questions.export.item import Item, Link, items

IN_BRACKETS = re.compile(r"([\\\]])")
SPECIAL = re.compile(r"([~=#{}:\\])")


def gift(cards: Iterable[CardData], link: Link) -> str:
    """Return the questions as docs.moodle.org/en/GIFT_format describes them."""
    head = "// Signalbox\n\n$CATEGORY: Signalbox\n\n"
    return head + "\n\n".join(_question(item) for item in items(cards, link)) + "\n"


def _question(item: Item) -> str:
    feedback = f"####[html]{_escaped(item.answer)}"
    answer = feedback if item.emails is None else f"#{item.emails}{feedback}"
    tags = " ".join(map(_tag, item.topics))
    head = f"// [id:{item.id_number}] {tags}"
    return f"{head}\n::{_escaped(item.title)}::[html]{_escaped(item.question)}{{{answer}}}"


def _tag(topic: str) -> str:
    escaped = IN_BRACKETS.sub(r"\\\1", topic)
    return f"[tag:{escaped}]"


def _escaped(html: str) -> str:
    """Return HTML on one line: an empty line would end the question."""
    lines = SPECIAL.sub(r"\\\1", html).replace("\r", "").rstrip("\n")
    return lines.replace("\n", "&\\#10;")
