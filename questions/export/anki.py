"""Cards as an Anki package; ids are made of slugs, so that a second import updates the first."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import genanki

from questions.card_data import CardData
from questions.export.item import Item, Link, items

# Made once, never changed: Anki knows our decks and notes by them.
DECK, MODEL = 1_771_204_461, 1_771_204_462
CSS = """.card { font-family: system-ui, sans-serif; font-size: 17px; text-align: left; }
.card { max-width: 46em; margin: auto; }
pre { white-space: pre-wrap; font-size: 14px; padding: .6em; border: 1px solid #8886; }"""


def model() -> genanki.Model:
    """Return the kind of note that a question becomes."""
    return genanki.Model(
        MODEL,
        "Signalbox",
        fields=[{"name": name} for name in ("Title", "Question", "Answer", "Link")],
        templates=[
            {
                "name": "Question",
                "qfmt": "<h3>{{Title}}</h3>{{Question}}",
                "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}",
            }
        ],
        css=CSS,
    )


def anki_package(cards: Iterable[CardData], link: Link) -> bytes:
    """Return an .apkg with one deck."""
    deck = genanki.Deck(DECK, "Signalbox")
    kind = model()
    for item in items(cards, link):
        deck.add_note(_note(kind, item))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "signalbox.apkg")
        genanki.Package(deck).write_to_file(path)
        return path.read_bytes()


def _note(kind: genanki.Model, item: Item) -> genanki.Note:
    return genanki.Note(
        model=kind,
        fields=[item.title, item.question, item.answer, item.link],
        guid=genanki.guid_for("signalbox", item.id),
        tags=[topic.replace(" ", "-") for topic in item.topics],
    )
