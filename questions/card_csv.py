"""Simple questions in a CSV file: one a row, to become drafts that get their program later."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import msgspec

from questions.card_data import CardData, CaseData, VersionData
from questions.card_keys import PROSE, SLUG
from questions.card_yaml import CardMistakes, Mistake
from sandbox.program import AS_WRITTEN

CSV_BYTES = 1024 * 1024
MOST_ROWS = 500
REQUIRED = ("slug", "title", "topics", "difficulty", "scenario", "question", "explanation")
COLUMNS = (*REQUIRED, "answer", "number", "code", "fixed_code")
# What a spreadsheet takes for a formula; a Markdown list ("- …") is none.
FORMULA = re.compile(r"[=+@\t\r]|-\S")


def read_csv(raw: bytes, *, file: str, first_number: int) -> list[CardData]:
    """Return the rows as draft cards; rows without a number get one from `first_number` on.

    Raise CardMistakes, each with the line and the column (counted from 1) of its cell.
    """
    reader = _Reader(file)
    cards = reader.cards(raw, first_number)
    if reader.mistakes:
        raise CardMistakes(reader.mistakes)
    return cards


class _Reader:
    """One file being read, and the mistakes found in it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.mistakes: list[Mistake] = []
        self.head: list[str] = []
        self.line = 0

    def wrong(self, key: str, what: str, expected: str) -> None:
        column = self.head.index(key) + 1 if key in self.head else 0
        self.mistakes.append(Mistake(self.file, self.line, what, expected, column))

    def cards(self, raw: bytes, first_number: int) -> list[CardData]:
        rows = self.rows(raw)
        cards = [card for row in rows if (card := self.card(*row))]
        slugs: dict[str, int] = {}
        for self.line, row in rows:
            slug = row.get("slug", "")
            if slug in slugs:
                self.wrong("slug", f"slug {slug} stands twice", f"it once (line {slugs[slug]})")
            slugs.setdefault(slug, self.line)
        taken = {card.number for card in cards if card.number}
        free = (n for n in range(first_number, first_number + 2 * MOST_ROWS) if n not in taken)
        return [card if card.number else _numbered(card, next(free)) for card in cards]

    def rows(self, raw: bytes) -> list[tuple[int, dict[str, str]]]:
        """Return line and cells of every row that is not empty."""
        if len(raw) > CSV_BYTES:
            self.wrong("", f"{len(raw)} bytes", f"at most {CSV_BYTES}")
            return []
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.line = raw.count(b"\n", 0, error.start) + 1
            self.wrong("", f"byte 0x{raw[error.start]:02x} is not UTF-8", "UTF-8 text")
            return []
        reader = csv.reader(io.StringIO(text.replace("\0", "\ufffd"), newline=""), strict=True)
        try:
            self.head = [name.strip().lower() for name in next(reader, [])]
            self.line = 1
            if not self.columns():
                return []
            return self.cells(reader)
        except csv.Error as error:
            self.line = reader.line_num
            self.wrong("", f"not CSV: {error}", "values with commas between, quotes doubled")
            return []

    def columns(self) -> bool:
        for name in self.head:
            if name not in COLUMNS:
                self.wrong(name, f"unknown column {name}", f"some of {', '.join(COLUMNS)}")
            elif self.head.count(name) > 1:
                self.wrong(name, f"column {name} stands twice", "it once")
        for name in REQUIRED:
            if name not in self.head:
                self.wrong("", f"no column {name}", f"at least {', '.join(REQUIRED)}")
        return not self.mistakes

    def cells(self, reader: Any) -> list[tuple[int, dict[str, str]]]:
        rows: list[tuple[int, dict[str, str]]] = []
        self.line = 2
        for values in reader:
            if any(value.strip() for value in values):
                if len(values) != len(self.head):
                    self.wrong(
                        "", f"{len(values)} values", f"{len(self.head)}, as in the first line"
                    )
                elif len(rows) == MOST_ROWS:
                    self.wrong("", "too many rows", f"at most {MOST_ROWS}")
                    return rows
                else:
                    rows.append((self.line, dict(zip(self.head, values, strict=True))))
            self.line = reader.line_num + 1
        return rows

    def card(self, line: int, row: dict[str, str]) -> CardData | None:
        self.line, before = line, len(self.mistakes)
        for key, value in row.items():
            if key not in ("code", "fixed_code") and FORMULA.match(value):
                self.wrong(key, f"begins like a formula: {value[:20]}", "text")
        said = {
            key: value.replace("\r\n", "\n").replace("\r", "\n").strip()
            for key, value in row.items()
        }
        for key in REQUIRED:
            if not said[key]:
                self.wrong(key, f"{key} is empty", "text")
            elif len(said[key]) > (120 if key in ("title", "slug") else PROSE):
                self.wrong(key, f"{key} has {len(said[key])} characters", "fewer")
        self.forms(said)
        if len(self.mistakes) > before:
            return None
        return _card(said)

    def forms(self, said: dict[str, str]) -> None:
        if said["slug"] and not SLUG.fullmatch(said["slug"]):
            self.wrong("slug", said["slug"], "lower-case letters, digits and hyphens")
        if "\n" in said["title"]:
            self.wrong("title", "more than one line", "one line")
        if said["difficulty"] not in ("1", "2", "3"):
            self.wrong("difficulty", said["difficulty"] or "nothing", "1, 2 or 3")
        number = said.get("number", "")
        if number and not re.fullmatch(r"[1-9][0-9]{0,4}", number):
            self.wrong("number", number, "a whole number from 1 to 99999")


def _card(said: dict[str, str]) -> CardData:
    code, fixed = said.get("code", ""), said.get("fixed_code", "")
    versions = [VersionData("buggy", "buggy", "The card's code", files={"snippet.py": f"{code}\n"})]
    if fixed:
        files = {"snippet.py": f"{fixed}\n"}
        versions.append(VersionData("fixed", "fixed", "The card's answer", files=files))
    return CardData(
        slug=said["slug"],
        number=int(said.get("number") or 0),
        title=said["title"],
        topics=[name.strip() for name in said["topics"].split(";") if name.strip()],
        difficulty=int(said["difficulty"]),
        status="draft",
        scenario=said["scenario"],
        question=said["question"],
        explanation=said["explanation"],
        answer=said.get("answer", ""),
        versions=versions if code else [],
        cases=[CaseData(AS_WRITTEN, "As printed", 1, about="the code on the card")] if code else [],
    )


def _numbered(card: CardData, number: int) -> CardData:
    return msgspec.structs.replace(card, number=number)
