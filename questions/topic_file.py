"""fixtures/topics.yaml: the topics, their order and introductions."""

from __future__ import annotations

from pathlib import Path

import msgspec

from questions.card_keys import SLUG
from questions.card_yaml import CardMistakes, Mistake, Reading

KEYS = ("slug", "name", "introduction")


class TopicData(msgspec.Struct, frozen=True):
    """One topic; its order is its place in the file."""

    slug: str
    name: str
    introduction: str
    order: int


def read_topics(path: Path) -> list[TopicData]:
    """Return the topics in the order of the file; raise CardMistakes."""
    reading = Reading(str(path))
    try:
        root = reading.root(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise CardMistakes([Mistake(str(path), 0, str(error), "UTF-8 text")]) from error
    topics: list[TopicData] = []
    for order, node in enumerate(reading.items(root, least=1, most=50) if root else ()):
        nodes = reading.keys(node, KEYS, KEYS)
        texts = {key: reading.text(value, most=4000) for key, value in nodes.items()}
        if not SLUG.fullmatch(texts.get("slug", "-")):
            reading.wrong(node, "no slug", "slug: lower-case letters, digits and hyphens")
        if texts.get("slug") in {topic.slug for topic in topics}:
            reading.wrong(node, f"topic {texts['slug']} stands twice", "it once")
        if texts.keys() == set(KEYS):
            topics.append(TopicData(**texts, order=order))
    if reading.mistakes:
        raise CardMistakes(reading.mistakes)
    return topics
