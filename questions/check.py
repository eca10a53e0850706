"""What a card says that its format does not allow, in words for somebody at a form."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import yaml

from questions.card_data import CardData
from questions.card_events import Loader
from questions.card_folder import read_yaml
from questions.card_write import card_yaml
from questions.card_yaml import CardMistakes, Mistake

READY = "verified"  # any state but draft: then nothing may be lacking


def mistakes(card: CardData, *, finished: bool = True) -> list[str]:
    """Return what is wrong with a card before it is run; a draft (not `finished`) may lack more."""
    text = card_yaml(msgspec.structs.replace(card, status=READY if finished else "draft"))
    try:
        read_yaml(text)
    except CardMistakes as error:
        root = yaml.compose(text, Loader=Loader)
        places = list(_places(root, ())) if root else []
        return [
            f"{_place(places, mistake)}{mistake.what}; expected {mistake.expected}."
            for mistake in error.mistakes
        ]
    return []


def _places(node: yaml.Node, path: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the line of every key with its path, in the order of the text."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.start_mark.line + 1, (*path, key.value)
            if len(path) < 2:
                yield from _places(value, (*path, key.value))


def _place(places: list[tuple[int, tuple[str, ...]]], mistake: Mistake) -> str:
    if mistake.key:
        return f"{mistake.key}: "
    line = mistake.line
    path = next((path for at, path in reversed(places) if at <= line), ()) if line else ()
    return f"{' › '.join(path)}: " if path else ""
