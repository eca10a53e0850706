"""Cards that come from outside are saved as drafts: nobody has looked at them or run them yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import msgspec
from django.db import transaction

from questions.card_data import CardData
from questions.card_load import PARKED, park_numbers, write
from questions.card_yaml import CardMistakes, Mistake
from questions.models import Card, Topic

EDIT_ALL = "questions.edit_all_cards"


class Plan(NamedTuple):
    """What importing a card would do; `before` is what is there now, None where nothing is."""

    card: CardData
    state: Literal["added", "changed", "unchanged", "refused"]
    trouble: list[str]
    before: CardData | None


def plan(cards: Sequence[CardData], user: Any) -> list[Plan]:
    """Return what importing these cards as this user would do; user None may replace any draft."""
    rows = _rows(cards)
    topics = set(Topic.objects.values_list("name", flat=True))
    slugs = [card.slug for card in cards]
    others = Card.objects.exclude(slug__in=slugs).values_list("number", "slug")
    numbers = {number: f"that of card {slug}" for number, slug in others}
    plans = []
    for card in cards:
        row = rows.get(card.slug)
        before = row.data() if row else None
        trouble = []
        if slugs.count(card.slug) > 1:
            trouble.append(f"The slug {card.slug} stands twice; give this one another.")
        if before and before.digest == card.digest and not trouble:
            plans.append(Plan(card, "unchanged", [], before))
            continue
        trouble += [
            f"There is no topic “{name}”; expected one of {', '.join(sorted(topics))}."
            for name in card.topics
            if name not in topics
        ]
        trouble += _not_yours(row, user)
        if card.number in numbers:
            trouble.append(f"The number {card.number} is {numbers[card.number]}.")
        numbers.setdefault(card.number, f"given twice here, to {card.slug} first")
        state: Any = "refused" if trouble else "changed" if row else "added"
        plans.append(Plan(card, state, trouble, before))
    return plans


def _rows(cards: Sequence[CardData]) -> dict[str, Card]:
    slugs = [card.slug for card in cards]
    return Card.objects.with_content().in_bulk(slugs, field_name="slug")


def _not_yours(row: Card | None, user: Any) -> list[str]:
    """Return why a card that is there may not be replaced by this user's import."""
    if row is None:
        return []
    if row.status != Card.Status.DRAFT:
        return [
            f"The card {row.slug} is {row.status} and says something else; an import never "
            "changes it. Give this one another slug, or make it a draft first, on its page: "
            f"{_way_to_draft(row)}."
        ]
    if user is None or row.author_id == user.pk or user.has_perm(EDIT_ALL):
        return []
    return [f"The draft {row.slug} is somebody else's; give this one another slug."]


def _way_to_draft(row: Card) -> str:
    """Return the buttons of the card's page that lead to a draft."""
    back = "Back to draft"
    return f"Retire, then {back}" if row.status == Card.Status.PUBLISHED else back


def with_numbers(cards: Sequence[CardData]) -> list[CardData]:
    """Give each card without a number, or with one that is taken, that of its slug or a free one.

    The same file brought twice gets the same numbers.
    """
    own = {slug: row.number for slug, row in _rows(cards).items()}
    here = dict(Card.objects.filter(number__lt=PARKED).values_list("number", "slug"))
    # A card that asks for the number it has keeps it, whatever others here ask for.
    keeping = {card.number for card in cards if own.get(card.slug) == card.number}
    taken = {number for number, slug in here.items() if slug not in own} | keeping
    free = max([*here, *(card.number for card in cards)], default=0)
    numbered = []
    for card in cards:
        number = card.number
        if own.get(card.slug) != number and (number == 0 or number in taken):
            number = own.get(card.slug, 0)
            if number == 0 or number in taken:
                number = free = free + 1
        taken.add(number)
        numbered.append(msgspec.structs.replace(card, number=number))
    return numbered


@transaction.atomic
def save_drafts(cards: Sequence[CardData], *, author: Any) -> list[Card]:
    """Save cards as drafts, all or none, and return those added or changed; raise CardMistakes.

    The author's own draft of the same slug is replaced, an editor replaces any; what is as it
    was is left alone, and a card in any other state is never touched.
    """
    plans = plan(cards, author)
    mistakes = [
        Mistake(each.card.slug, 0, text, "it corrected") for each in plans for text in each.trouble
    ]
    if mistakes:
        raise CardMistakes(mistakes)
    writing = [each.card for each in plans if each.state != "unchanged"]
    park_numbers(writing)
    return [_write(card, author) for card in writing]


def _write(card: CardData, author: Any) -> Card:
    row = write(msgspec.structs.replace(card, status=Card.Status.DRAFT))
    if author is not None and row.author_id is None:
        row.author = author
        row.save(update_fields=["author"])
    return row
