"""Questions as plain text (`Question 4`, `0 - Topics` … `5 - Answer`) become cards."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection
from typing import NamedTuple

from questions.card_data import CardData, CaseData, VersionData
from questions.card_yaml import CardMistakes, Mistake
from sandbox.program import AS_WRITTEN

TEXT_BYTES = 256 * 1024
SECTIONS = ("Topics", "Scenario", "Code", "Question", "Explanation", "Answer")
PROSE = ("Scenario", "Question", "Explanation")
HEAD = re.compile(r"Question(?:\s+(\S+?))?:?\s*")
SECTION = re.compile(r"(\d+)\s*[-–]\s*(\S.*?)\s*")
FENCE = re.compile(r"(`{3,}|~{3,})\s*([^`]*?)\s*")
# The one broken line of the first question: a paragraph that goes on after an empty line.
BROKEN_LINE = re.compile(r"(?<=[^\s.!?:;])\n\n (?=\S)")


class Line(NamedTuple):
    """One line of the file; `fenced` lines are code and never headings."""

    number: int
    text: str
    fenced: bool


class Part(NamedTuple):
    """A heading and the lines under it."""

    line: int
    title: str
    lines: list[Line]


def read_questions(
    raw: bytes, *, file: str, topics: Collection[str] | None = None
) -> list[CardData]:
    """Return the questions of a file as draft cards; raise CardMistakes with every mistake.

    `topics` are the names that there are; without them any will do.
    """
    reader = _Reader(file, topics)
    cards = reader.cards(reader.text(raw))
    if reader.mistakes:
        raise CardMistakes(sorted(reader.mistakes, key=lambda mistake: mistake.line))
    return cards


class _Reader:
    """One file being read, and the mistakes found in it."""

    def __init__(self, file: str, known: Collection[str] | None) -> None:
        self.file, self.known = file, known
        self.mistakes: list[Mistake] = []
        self.torn: set[int] = set()  # lines of the sections whose code block does not end

    def wrong(self, line: int, what: str, expected: str, column: int = 0) -> None:
        self.mistakes.append(Mistake(self.file, line, what, expected, column))

    def text(self, raw: bytes) -> str:
        if len(raw) > TEXT_BYTES:
            self.wrong(0, f"{len(raw)} bytes", f"at most {TEXT_BYTES}")
            return ""
        try:
            text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self.wrong(line, f"byte 0x{raw[error.start]:02x} is not UTF-8", "UTF-8 text")
            return ""
        if "\0" in text:
            self.wrong(text.count("\n", 0, text.index("\0")) + 1, "a NUL", "text")
        return text

    def cards(self, text: str) -> list[CardData]:
        lines = self.lines(text)
        if self.mistakes:
            lines = self.mended(text)
        before, questions = _split(lines, HEAD)
        for line in before:
            if line.text.strip():
                self.wrong(line.number, "text before the first question", "Question N")
                break
        if not questions and not self.mistakes:
            self.wrong(1, "no question", "Question N on a line of its own")
        numbers: dict[int, int] = {}
        cards = []
        for part in questions:
            number = self.number(part, numbers)
            cards.append(self.card(number, part))
        return [card for card in cards if card]

    def lines(self, text: str) -> list[Line]:
        """Return the lines; as in CommonMark, a longer fence may hold a shorter one."""
        lines, fence, opened = [], "", 0
        for number, content in enumerate(text.split("\n"), 1):
            found = FENCE.fullmatch(content)
            if fence:
                lines.append(Line(number, content, True))
                if found and found[1].startswith(fence):
                    if found[2]:
                        what = f"{content} inside the code block of line {opened}"
                        self.wrong(number, what, f"a line {fence} before it")
                    fence, opened = (found[1], number) if found[2] else ("", 0)
                continue
            if found:
                fence, opened = found[1], number
            lines.append(Line(number, content, bool(found)))
        if fence:
            self.wrong(opened, "the code block is never closed", f"a line {fence} at its end")
        return lines

    def mended(self, text: str) -> list[Line]:
        """Return the lines as if every heading ended a code block, so that the rest can be read."""
        lines, fence, section, opened = [], "", 0, 0
        for number, content in enumerate(text.split("\n"), 1):
            if HEAD.fullmatch(content) or content.strip() in _TITLES:
                if fence:
                    what = f"a code block that does not end before {content.strip()}"
                    self.wrong(opened, what, "```python before the code, ``` after it")
                    self.torn.add(section)
                fence, section = "", number
            found = FENCE.fullmatch(content)
            lines.append(Line(number, content, bool(fence or found)))
            if found and fence and found[1].startswith(fence):
                fence = found[1] if found[2] else ""
            elif found and not fence:
                fence, opened = found[1], number
        if fence:
            self.torn.add(section)
        return lines

    def number(self, part: Part, numbers: dict[int, int]) -> int:
        if not re.fullmatch(r"[1-9]\d{0,4}", part.title):
            what = f"Question {part.title}".strip()
            self.wrong(part.line, f"{what} has no number", "Question N, N from 1 to 99999")
            return 0
        number = int(part.title)
        if number in numbers:
            self.wrong(part.line, f"Question {number} stands twice", f"it once ({numbers[number]})")
        numbers[number] = part.line
        return number

    def card(self, number: int, question: Part) -> CardData | None:
        before, parts = _split(question.lines, SECTION)
        for line in before:
            if line.text.strip():
                self.wrong(line.number, "text before the first section", "0 - Topics")
                break
        found = self.sections(question, parts)
        # A section that is missing hides no mistake of another.
        topics = self.topics(found["Topics"]) if "Topics" in found else []
        texts = {name: self.prose(found[name]) for name in PROSE if name in found}
        codes = {name: self.code(found[name]) for name in ("Code", "Answer") if name in found}
        if found.keys() != set(SECTIONS):
            return None
        (buggy, rest), (fixed, answer) = codes["Code"], codes["Answer"]
        if rest and found["Code"].line not in self.torn:
            self.wrong(found["Code"].line, "text beside the code block", "the code block alone")
        return CardData(
            slug=f"question-{number}",
            number=number,
            title=f"Question {number}",
            topics=topics,
            difficulty=2,
            status="draft",
            scenario=texts["Scenario"],
            question=texts["Question"],
            explanation=BROKEN_LINE.sub(" ", texts["Explanation"]),
            answer=answer,
            versions=[
                VersionData("buggy", "buggy", "The card's code", files={"snippet.py": buggy}),
                VersionData("fixed", "fixed", "The card's answer", files={"snippet.py": fixed}),
            ],
            cases=[CaseData(AS_WRITTEN, "As printed", 1, about="the code on the card")],
        )

    def sections(self, question: Part, parts: list[Part]) -> dict[str, Part]:
        """Return the sections by name; each must stand once, in the order of SECTIONS."""
        found: dict[str, Part] = {}
        last = -1
        for part in parts:
            if part.title not in _TITLES:
                self.wrong(part.line, f"unknown section {part.title}", f"one of {_LIST}")
                continue
            place = _TITLES.index(part.title)
            name = SECTIONS[place]
            if name in found:
                first = found[name].line
                self.wrong(part.line, f"section {part.title} stands twice", f"it once ({first})")
                continue
            if place < last:
                what = f"section {part.title} stands after {_TITLES[last]}"
                self.wrong(part.line, what, f"the order {_LIST}")
            last = max(last, place)
            found[name] = part
        for name, title in zip(SECTIONS, _TITLES, strict=True):
            if name not in found:
                self.wrong(question.line, f"section {title} is missing", f"the sections {_LIST}")
        return found

    def topics(self, part: Part) -> list[str]:
        topics: list[str] = []
        for line in part.lines:
            text = line.text.strip()
            if text and not text.startswith(("- ", "* ")):
                self.wrong(line.number, f"{text} is no topic", "- a topic on each line")
            elif text and (name := text[2:].strip()) in topics:
                self.wrong(line.number, f"topic {name} stands twice", "it once")
            elif text:
                topics.append(name)
                if self.known is not None and name not in self.known:
                    expected = f"one of {', '.join(sorted(self.known))}"
                    self.wrong(line.number, f"there is no topic {name}", expected)
        if not topics:
            self.wrong(part.line, "no topic", "- a topic on each line")
        return topics

    def prose(self, part: Part) -> str:
        text = "\n".join(line.text for line in part.lines).strip()
        if not text:
            self.wrong(part.line, f"section {part.title} is empty", "text")
        return text

    def code(self, part: Part) -> tuple[str, str]:
        """Return the one code block of a section, and the text around it."""
        fenced = [line for line in part.lines if line.fenced]
        if part.line in self.torn:
            return "", ""
        if not fenced:
            self.wrong(part.line, f"section {part.title} has no code block", "```python … ```")
            return "", ""
        block, start = _first_block(fenced)
        if len(fenced) > len(block):
            self.wrong(fenced[len(block)].number, "a second code block", "one code block")
        language = FENCE.fullmatch(start.text)[2].lower()  # type: ignore[index]  # it opened one
        if language not in ("", "py", "python", "python3"):
            self.wrong(start.number, f"code in {language}", "```python")
        code = "".join(f"{line.text}\n" for line in block[1:-1])
        self.parse(code, start.number)
        rest = "\n".join(line.text for line in part.lines if not line.fenced).strip()
        return code, rest

    def parse(self, code: str, start: int) -> None:
        if not code.strip():
            self.wrong(start, "the code block is empty", "Python code")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                ast.parse(code)
        except SyntaxError as error:
            what = f"{type(error).__name__}: {error.msg}"
            self.wrong(start + (error.lineno or 1), what, "code that parses", error.offset or 0)
        except (ValueError, RecursionError, MemoryError) as error:
            self.wrong(start, f"does not parse: {error}", "Python code")


_TITLES = [f"{place} - {name}" for place, name in enumerate(SECTIONS)]
_LIST = ", ".join(_TITLES)


def _split(lines: list[Line], heading: re.Pattern[str]) -> tuple[list[Line], list[Part]]:
    """Return the lines before the first heading, and the parts under the headings."""
    before: list[Line] = []
    parts: list[Part] = []
    for line in lines:
        found = None if line.fenced else heading.fullmatch(line.text)
        if found:
            parts.append(Part(line.number, " - ".join(map(str, filter(None, found.groups()))), []))
        else:
            (parts[-1].lines if parts else before).append(line)
    return before, parts


def _first_block(fenced: list[Line]) -> tuple[list[Line], Line]:
    """Return the lines of the first block, its fences included, and its first line."""
    start = fenced[0]
    fence = FENCE.fullmatch(start.text)[1]  # type: ignore[index]  # lines() found it by this
    for place, line in enumerate(fenced[1:], 2):
        found = FENCE.fullmatch(line.text)
        if found and not found[2] and found[1].startswith(fence):
            return fenced[:place], start
    return fenced, start
