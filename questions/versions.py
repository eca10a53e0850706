"""On which Djangos each card was measured, and what a newer one does otherwise."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import django
import msgspec
from django.conf import settings

from questions.card_data import CardData, release
from questions.measured import Measured
from questions.models import Card

TICKET = "https://code.djangoproject.com/ticket/{}"


class Platform(msgspec.Struct, frozen=True):
    """An interpreter that the bank was measured with."""

    django: str
    python: str


class CardOn(msgspec.Struct, frozen=True, omit_defaults=True):
    """One card as measured: `first` on the oldest Django by "version/case", then differences.

    `program` is the digest of all its runs; the figures of another program say nothing.
    """

    program: str
    first: dict[str, Measured]
    otherwise: dict[str, dict[str, Measured]] = {}

    def on(self, django: str) -> dict[str, Measured]:
        """Return the figures of one feature release."""
        return {**self.first, **self.otherwise.get(django, {})}


class Matrix(msgspec.Struct, frozen=True):
    """fixtures/measured.json: the feature releases, oldest first, and every card on each."""

    platforms: dict[str, Platform] = {}
    cards: dict[str, CardOn] = {}

    def is_of(self, card: CardData) -> bool:
        """Return whether the figures of a card are those of its program as it stands."""
        entry = self.cards.get(card.slug)
        return entry is not None and entry.program == program_digest(card)

    def with_kept(self, cards: dict[str, CardOn]) -> Matrix:
        """Return the matrix with these older entries for the cards that it has none of."""
        return msgspec.structs.replace(self, cards={**cards, **self.cards})


class Change(NamedTuple):
    """What a newer Django does otherwise, for the reader of a card."""

    django: str
    what: str
    ticket: int | None
    url: str


class Djangos(NamedTuple):
    """Where a card was measured ("5.2, 6.0 and 6.1"), whether all agree, and what changed."""

    measured: str
    same: bool
    changes: list[Change]


def path() -> Path:
    """Return where the matrix is kept."""
    return Path(settings.CARDS_DIR).parent / "measured.json"


def read() -> Matrix:
    """Return the matrix as it was last measured; an empty one where there is none."""
    file = path()
    if not file.is_file():
        return Matrix()
    return _decoded(file, file.stat().st_mtime_ns)


@cache
def _decoded(file: Path, changed_at: int) -> Matrix:
    return msgspec.json.decode(file.read_bytes(), type=Matrix)


def program_digest(card: CardData) -> str:
    """Return the sha256 (hex) over all that a card's runs are made of; its text is left out."""
    program = card.program()
    parts = {
        f"{version.name}/{case.name}": program.job(version.name, case.name).digest
        for version in card.versions
        for case in card.cases
    }
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()


_programs: dict[tuple[str, str], str] = {}


def djangos(card: Card) -> Djangos:
    """Return what is known of a card on other Djangos; figures of an older program do not count."""
    found = read()
    entry = found.cards.get(card.slug)
    changes = changes_of(card.newer)
    if entry is None or entry.program != _program_of(card):
        return Djangos("", False, changes)
    return Djangos(_and(list(found.platforms)), not entry.otherwise, changes)


def asked_of(card: Card) -> str:
    """Return the release whose numbers a card asks for, "5.2"; empty where all send the same."""
    known = djangos(card)
    differ = not known.same if known.measured else bool(known.changes)
    return ".".join(map(str, release(django.get_version()))) if differ else ""


def _program_of(card: Card) -> str:
    key = (card.slug, card.digest)
    if key not in _programs:
        _programs[key] = program_digest(card.data())
    return _programs[key]


def changes_of(newer: dict[str, dict[str, Any]]) -> list[Change]:
    """Return what a card says of newer Djangos, the oldest first."""
    return [
        Change(django, said["what"], ticket, TICKET.format(ticket) if ticket else "")
        for django, said in sorted(newer.items(), key=lambda item: release(item[0]))
        for ticket in [said.get("ticket")]
    ]


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
