"""Cards that come from outside are saved as drafts: nobody has looked at them or run them yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from django.db import transaction

from questions.card_data import CardData
from questions.card_load import write
from questions.card_yaml import CardMistakes, Mistake
from questions.models import Card, Topic


def check_drafts(cards: Iterable[CardData]) -> list[Mistake]:
    """Return what is wrong between the cards: numbers and slugs given twice."""
    mistakes: list[Mistake] = []
    seen: dict[str, str] = {}
    for card in cards:
        for key in (f"number {card.number}", f"slug {card.slug}"):
            if key in seen:
                mistakes.append(Mistake(card.slug, 0, f"{key} stands twice", "it once"))
            seen[key] = card.slug
    return mistakes


@transaction.atomic
def save_drafts(cards: Iterable[CardData], *, author: Any) -> list[Card]:
    """Save cards as drafts of an author, all or none; raise CardMistakes.

    A draft with the same slug is replaced; a card in any other state is never touched.
    """
    cards = list(cards)
    mistakes = check_drafts(cards)
    topics = set(Topic.objects.values_list("name", flat=True))
    for card in cards:
        mistakes += _check_one(card, topics)
    if mistakes:
        raise CardMistakes(mistakes)
    saved = []
    for card in cards:
        row = write(msgspec.structs.replace(card, status=Card.Status.DRAFT))
        if author is not None and row.author is None:
            row.author = author
            row.save(update_fields=["author"])
        saved.append(row)
    return saved


def _check_one(card: CardData, topics: set[str]) -> list[Mistake]:
    mistakes = [
        Mistake(card.slug, 0, f"unknown topic {name}", f"one of {', '.join(sorted(topics))}")
        for name in card.topics
        if name not in topics
    ]
    same = Card.objects.filter(slug=card.slug).first()
    if same and same.status != Card.Status.DRAFT:
        what = f"the card {card.slug} is {same.status}"
        mistakes.append(Mistake(card.slug, 0, what, "another slug, or a draft to replace"))
    other = Card.objects.filter(number=card.number).exclude(slug=card.slug).first()
    if other:
        what = f"number {card.number} is that of card {other.slug}"
        mistakes.append(Mistake(card.slug, 0, what, "a number of its own"))
    return mistakes
