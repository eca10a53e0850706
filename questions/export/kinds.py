"""The kinds of file that cards leave as, by the word that names each in addresses and commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from questions.card_data import CardData
from questions.card_write import card_yaml
from questions.card_zip import write_one_files, write_zip
from questions.export.anki import anki_package
from questions.export.gift import gift
from questions.export.item import Link
from questions.export.moodle import moodle_xml


class File(NamedTuple):
    """A file to hand out: its name, its content type, its bytes."""

    name: str
    content_type: str
    content: bytes


def _zip(cards: list[CardData], link: Link) -> File:
    return File(f"{_name(cards, 'cards')}.zip", "application/zip", write_zip(cards, link))


def _yaml(cards: list[CardData], link: Link) -> File:
    if len(cards) == 1:
        text = f"# {link(cards[0])}\n{card_yaml(cards[0])}"
        return File(f"{cards[0].slug}.yaml", "application/yaml", text.encode())
    return File("cards-yaml.zip", "application/zip", write_one_files(cards, link))


def _moodle(cards: list[CardData], link: Link) -> File:
    return File(f"{_name(cards)}-moodle.xml", "application/xml", moodle_xml(cards, link))


def _gift(cards: list[CardData], link: Link) -> File:
    text = gift(cards, link).encode()
    return File(f"{_name(cards)}-gift.txt", "text/plain; charset=utf-8", text)


def _anki(cards: list[CardData], link: Link) -> File:
    return File(f"{_name(cards)}.apkg", "application/octet-stream", anki_package(cards, link))


def _name(cards: list[CardData], many: str = "signalbox") -> str:
    return cards[0].slug if len(cards) == 1 else many


# By kind: how it is called on a button, and what makes it.
KINDS: dict[str, tuple[str, Callable[[list[CardData], Link], File]]] = {
    "zip": ("folders in a zip", _zip),
    "yaml": ("YAML", _yaml),
    "moodle": ("Moodle XML", _moodle),
    "gift": ("GIFT", _gift),
    "anki": ("Anki package", _anki),
}
