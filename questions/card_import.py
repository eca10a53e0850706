"""Cards that come from outside are saved as drafts: nobody has looked at them or run them yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from django.db import transaction

from questions.card_data import CardData
from questions.card_load import PARKED, write
from questions.card_yaml import CardMistakes, Mistake
from questions.models import Card, Topic


def check_drafts(cards: Sequence[CardData]) -> list[Mistake]:
    """Return what is wrong between the cards: numbers and slugs given twice."""
    mistakes: list[Mistake] = []
    seen: set[str] = set()
    for card in cards:
        for key in (f"number {card.number}", f"slug {card.slug}"):
            if key in seen:
                mistakes.append(Mistake(card.slug, 0, f"{key} stands twice", "it once"))
            seen.add(key)
    return mistakes


def trouble(card: CardData, user: Any) -> list[str]:
    """Return in words why this card cannot be saved as a draft of this user (None: anybody's)."""
    said = [
        f"There is no topic “{name}”."
        for name in card.topics
        if not Topic.objects.filter(name=name).exists()
    ]
    same = Card.objects.filter(slug=card.slug).first()
    if same and same.status != Card.Status.DRAFT:
        said.append(f"The card {card.slug} is {same.status}; give this one another slug.")
    elif same and user is not None and same.author_id != user.pk:
        said.append(f"The draft {card.slug} is somebody else's; give this one another slug.")
    other = Card.objects.filter(number=card.number).exclude(slug=card.slug).first()
    if other:
        said.append(f"The number {card.number} is that of card {other.slug}.")
    return said


def free_number() -> int:
    """Return the number after the highest one."""
    highest = Card.objects.filter(number__lt=PARKED).order_by("-number").first()
    return highest.number + 1 if highest else 1


@transaction.atomic
def save_drafts(cards: Sequence[CardData], *, author: Any) -> list[Card]:
    """Save cards as drafts of an author, all or none; raise CardMistakes.

    A draft of the same author and slug is replaced; any other card is never touched.
    """
    mistakes = check_drafts(cards)
    for card in cards:
        mistakes += [Mistake(card.slug, 0, text, "it corrected") for text in trouble(card, author)]
    if mistakes:
        raise CardMistakes(mistakes)
    saved = []
    for card in cards:
        row = write(msgspec.structs.replace(card, status=Card.Status.DRAFT))
        if author is not None:
            row.author = author
            row.save(update_fields=["author"])
        saved.append(row)
    return saved
