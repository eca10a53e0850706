"""Who may do what with a card: instructors their own, editors all, learners none."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from questions.card_import import EDIT_ALL
from questions.models import Card


def may_edit(user: Any, card: Card | None) -> bool:
    """Whether the user may change this card; None is a card not yet there."""
    if card is None or user.has_perm(EDIT_ALL):
        return bool(user.has_perm("questions.change_card"))
    return bool(user.has_perm("questions.change_card")) and card.author_id == user.pk


def may_delete(user: Any, card: Card | None) -> bool:
    """Whether the user may delete this card: only drafts go, others are retired."""
    if card is None:
        return bool(user.has_perm("questions.delete_card"))
    draft = card.status == Card.Status.DRAFT
    return draft and may_edit(user, card) and bool(user.has_perm("questions.delete_card"))


def visible(cards: QuerySet[Card], user: Any) -> QuerySet[Card]:
    """Return the cards that the user may see in the admin: own ones, and published ones."""
    return cards & Card.objects.visible_to(user)
