"""Simple questions in a CSV file: one a row, to become drafts that get their program later."""

from __future__ import annotations

import ast
import csv
import io
import re
import warnings
from collections.abc import Collection
from typing import Any

from django.utils.text import slugify

from questions.card_data import CardData, CaseData, VersionData
from questions.card_keys import PROSE, SLUG
from questions.card_yaml import CardMistakes, Mistake
from sandbox.program import AS_WRITTEN

CSV_BYTES = 1024 * 1024
MOST_ROWS = 200
REQUIRED = ("title", "topics", "difficulty", "scenario", "question", "explanation")
COLUMNS = ("slug", *REQUIRED, "answer", "number", "code", "fixed_code")
PROGRAMS = ("code", "fixed_code")
# What a spreadsheet takes for a formula; a Markdown list ("- …") is none.
FORMULA = re.compile(r"[=+@\t\r＝＋＠]|[-－]\S")
# A cell marked as text, as a spreadsheet does it: '=SUM is the text =SUM.
MARKED = re.compile(r"'(?=[=+@＝＋＠－-])")


def read_csv(raw: bytes, *, file: str, topics: Collection[str] | None = None) -> list[CardData]:
    """Return the rows as draft cards; a row without a number gets 0, without a slug its title's.

    Raise CardMistakes, each with the line and the column (counted from 1) of its cell. `topics` are
    the names that there are; without them any will do.
    """
    reader = _Reader(file, topics)
    cards = reader.cards(raw)
    if reader.mistakes:
        raise CardMistakes(reader.mistakes)
    return cards


class _Reader:
    """One file being read, and the mistakes found in it."""

    def __init__(self, file: str, known: Collection[str] | None) -> None:
        self.file, self.known = file, known
        self.mistakes: list[Mistake] = []
        self.head: list[str] = []
        self.line = 0

    def wrong(self, key: str, what: str, expected: str) -> None:
        column = self.head.index(key) + 1 if key in self.head else 0
        self.mistakes.append(Mistake(self.file, self.line, what, expected, column))

    def cards(self, raw: bytes) -> list[CardData]:
        cards: list[CardData] = []
        first: dict[str, int] = {}
        rows = self.rows(raw)
        if not rows and not self.mistakes:
            self.wrong("", "no question", "a row under the names of the columns")
        for line, row in rows:
            card = self.card(line, row)
            if card is None:
                continue
            for key in (f"slug {card.slug}", f"number {card.number}" * (card.number > 0)):
                if key in first:
                    self.wrong(key.split()[0], f"{key} stands twice", f"it once ({first[key]})")
                if key:
                    first.setdefault(key, line)
            cards.append(card)
        return cards

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
        if "\0" in text:
            self.line = text.count("\n", 0, text.index("\0")) + 1
            self.wrong("", "a NUL", "text")
            return []
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
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
            if key not in PROGRAMS and FORMULA.match(value):
                self.wrong(key, f"begins like a formula: {value[:20]}", "text, or ' before it")
        said = {key: _plain(key, value) for key, value in row.items()}
        said["slug"] = said.get("slug") or slugify(said["title"])[:80].strip("-")
        for key in REQUIRED:
            if not said[key]:
                self.wrong(key, f"{key} is empty", "text")
            elif len(said[key]) > (120 if key == "title" else PROSE):
                self.wrong(key, f"{key} has {len(said[key])} characters", "fewer")
        self.forms(said)
        if len(self.mistakes) > before:
            return None
        return _card(said)

    def forms(self, said: dict[str, str]) -> None:
        if said["title"] and not SLUG.fullmatch(said["slug"]) or len(said["slug"]) > 80:
            expected = "at most 80 lower-case letters, digits and hyphens"
            self.wrong("slug", f"slug {said['slug'][:90]}", expected)
        if said["topics"] and not _topics(said["topics"]):
            self.wrong("topics", "no topic", "names with ; between")
        self.topics(said["topics"])
        for key in PROGRAMS:
            self.parse(key, said.get(key, ""))
        if said.get("fixed_code") and not said.get("code"):
            self.wrong("fixed_code", "fixed_code without code", "the code that it mends, too")
        if "\n" in said["title"]:
            self.wrong("title", "more than one line", "one line")
        if said["difficulty"] not in ("1", "2", "3"):
            self.wrong("difficulty", said["difficulty"] or "nothing", "1, 2 or 3")
        number = said.get("number", "")
        if number and not re.fullmatch(r"[1-9][0-9]{0,4}", number):
            self.wrong("number", number, "a whole number from 1 to 99999")

    def topics(self, cell: str) -> None:
        if self.known is None:
            return
        for name in _topics(cell):
            if name not in self.known:
                expected = f"one of {', '.join(sorted(self.known))}"
                self.wrong("topics", f"there is no topic {name}", expected)

    def parse(self, key: str, code: str) -> None:
        """Code must parse; the place in it is told, for the cell may have many lines."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                ast.parse(code)
        except SyntaxError as error:
            what = f"line {error.lineno or 1} of the {key}: {type(error).__name__}: {error.msg}"
            self.wrong(key, what, "code that parses")
        except (ValueError, RecursionError, MemoryError) as error:
            self.wrong(key, f"does not parse: {error}", "Python code")


def _plain(key: str, value: str) -> str:
    """Return a cell's text: our line ends, no blanks around it, no mark before it."""
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if key in PROGRAMS:
        return text.strip("\n")
    return MARKED.sub("", text.strip(), count=1) if MARKED.match(text.strip()) else text.strip()


def _topics(cell: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in cell.split(";") if name.strip()))


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
        topics=_topics(said["topics"]),
        difficulty=int(said["difficulty"]),
        status="draft",
        scenario=said["scenario"],
        question=said["question"],
        explanation=said["explanation"],
        answer=said.get("answer", ""),
        versions=versions if code else [],
        cases=[CaseData(AS_WRITTEN, "As printed", 1, about="the code on the card")] if code else [],
    )
