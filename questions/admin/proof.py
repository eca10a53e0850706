"""Whether a content is true, and a signed word of it: saving it need not run everything again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from time import monotonic
from typing import Any

from django.core import signing
from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string

from questions.card_data import CardData
from questions.check import mistakes
from questions.models import Card
from questions.verify import steps, verify
from sandbox import client
from sandbox.client import Busy, Unavailable

SALT = "questions.admin.proof"
SECONDS = 600  # between verifying the page and saving it
REFUSALS = {
    "publish": "Not published",
    "verify": "Not verified",
    "save": "Not saved",
    "revert": "Not made what it was",
}


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


def judging(data: CardData, context: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield how far verifying is; put what it found into the context of the verdict."""
    context["lacking"] = mistakes(data)
    if context["lacking"]:
        return
    began = monotonic()
    try:
        for done, total, found in steps(data):
            context["verdict"] = found and found.strict()
            yield {"done": done, "total": total}
    except (Unavailable, Busy) as error:
        context["unavailable"] = str(error)
    context["seconds"] = monotonic() - began


def checking(request: HttpRequest, card: Card, data: CardData, to: str) -> Iterator[dict[str, Any]]:
    """Yield how far verifying a content is, then its proof, or in HTML why it gets none."""
    context: dict[str, Any] = {"card": card, "to": to, "refusal": REFUSALS[to]}
    yield from judging(data, context)
    verdict = context.get("verdict")
    if verdict and verdict.ok:
        yield {"proof": of(data)}
        return
    yield {"html": render_to_string("admin/questions/card/_verdict.html", context, request)}


def streamed(lines: Iterator[dict[str, Any]]) -> StreamingHttpResponse:
    """Answer with one JSON object a line, each sent as soon as it is there."""
    answer = StreamingHttpResponse(
        (json.dumps(line) + "\n" for line in lines), content_type="application/x-ndjson"
    )
    answer.headers["X-Accel-Buffering"] = "no"
    return answer
