"""The pages about cards."""

from questions.views.browse import cards, home, topic
from questions.views.card import (
    card,
    card_anew,
    card_explain,
    card_hint,
    card_ideas,
    card_ledger,
    card_predict,
    card_rate,
    card_run,
    card_show,
    card_words,
)
from questions.views.fix import card_draft, card_fix, card_reset
from questions.views.playground import playground, playground_draft
from questions.views.site import keys, keys_switch, stop, theme

__all__ = [
    "card",
    "card_anew",
    "card_draft",
    "card_explain",
    "card_fix",
    "card_hint",
    "card_ideas",
    "card_ledger",
    "card_predict",
    "card_rate",
    "card_reset",
    "card_run",
    "card_show",
    "card_words",
    "cards",
    "home",
    "keys",
    "keys_switch",
    "playground",
    "playground_draft",
    "stop",
    "theme",
    "topic",
]
