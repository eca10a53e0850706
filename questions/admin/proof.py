"""Whether a content is true, and a signed word of it: saving it need not run everything again."""

from __future__ import annotations

from django.core import signing

from questions.card_data import CardData
from questions.check import mistakes
from questions.verify import verify
from sandbox import client
from sandbox.client import Busy, Unavailable

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


def refused(card: CardData) -> list[str]:
    """Run everything: return why this must not be what a published card says, or nothing."""
    if wrong := mistakes(card):
        return ["This card is published; nothing was saved.", *wrong]
    try:
        verdict = next(verify([card]))[0].strict()
    except (Unavailable, Busy) as error:
        return [f"A published card must be run before it is saved. {error}"]
    if verdict.ok:
        return []
    head = "This card is published and would not be true; nothing was saved."
    return [head, *map(str, verdict.problems)]
