"""A file brought in becomes cards, whatever kind it is: zip, YAML, CSV or questions as text."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath

from questions.card_csv import CSV_BYTES, read_csv
from questions.card_data import CardData
from questions.card_folder import ONE_FILE_BYTES, read_one_file
from questions.card_keys import ONE_FILE_KEYS
from questions.card_yaml import CardMistakes, Mistake
from questions.card_zip import ZIP_BYTES, read_zip
from questions.seed_text import read_questions

MOST_CARDS = 200
MOST_BYTES = max(ZIP_BYTES, CSV_BYTES, ONE_FILE_BYTES)
YAML_KEYS = (*(f"{key}:".encode() for key in ONE_FILE_KEYS), b"#", b"---", b"%YAML")
CSV_HEADS = (b"slug,", b"title,", b"number,", b"topics,")


def read_any(name: str, raw: bytes, topics: Collection[str] | None = None) -> list[CardData]:
    """Return the cards in a file; its name and first bytes say the kind. Raise CardMistakes.

    A number of 0 says that the file gives none; see card_import.with_numbers(). With the names of
    the `topics` that there are, texts and CSVs are told at the line which one is unknown.
    """
    cards = _read(name, raw, topics)
    if len(cards) > MOST_CARDS:
        raise CardMistakes([Mistake(name, 0, f"{len(cards)} cards", f"at most {MOST_CARDS}")])
    return cards


def _read(name: str, raw: bytes, topics: Collection[str] | None) -> list[CardData]:
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:200]
    suffix = PurePosixPath(name).suffix.lower()
    if raw.startswith(b"PK") or suffix == ".zip":
        return read_zip(raw, file=name)
    if suffix == ".csv" or start.lower().replace(b'"', b"").startswith(CSV_HEADS):
        return read_csv(raw, file=name, topics=topics)
    if suffix in (".yaml", ".yml") or start.startswith(YAML_KEYS):
        return [read_one_file(raw, file=name)]
    return read_questions(raw, file=name, topics=topics)
