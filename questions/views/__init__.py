"""The pages about cards."""

from questions.views.browse import cards, home, topic
from questions.views.card import (
    card,
    card_explain,
    card_hint,
    card_ideas,
    card_ledger,
    card_predict,
    card_rate,
    card_run,
    card_show,
)
from questions.views.site import keys, keys_switch, theme

__all__ = [
    "card",
    "card_explain",
    "card_hint",
    "card_ideas",
    "card_ledger",
    "card_predict",
    "card_rate",
    "card_run",
    "card_show",
    "cards",
    "home",
    "keys",
    "keys_switch",
    "theme",
    "topic",
]
