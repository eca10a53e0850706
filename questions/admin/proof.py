"""A signed word that a content was verified: saving it need not run everything again."""

from __future__ import annotations

from django.core import signing

from questions.card_data import CardData
from sandbox import client

SALT = "questions.admin.proof"
SECONDS = 600  # between verifying the page and saving it


def of(card: CardData) -> str:
    """Return the word for a content that was just found true, here and now."""
    return signing.dumps([card.digest, client.fingerprint()], salt=SALT)


def holds(word: str, card: CardData) -> bool:
    """Whether this word was given for exactly this content, lately, by this engine."""
    try:
        said = signing.loads(word, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return False
    return bool(said == [card.digest, client.fingerprint()])
