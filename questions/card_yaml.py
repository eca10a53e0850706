"""YAML with the place of every value, read strictly: mistakes are collected, none guessed away."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from typing import Any

import msgspec
import yaml

from questions.card_events import Nodes, StopReading

YAML_BYTES = 128 * 1024
LONGEST_WHAT = 200  # characters
LONGEST_KEY = 80
TYPES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "timestamp": "a date",
    "seq": "a list",
    "map": "a mapping",
}


Path = tuple[str, ...]  # the keys that lead to a field


class Mistake(msgspec.Struct, frozen=True, order=True):
    """One thing wrong in a file; lines and columns count from 1, line 0 is the file as a whole.

    `key` leads to the field that is meant, where that is known: "cases › create › claims".
    """

    file: str
    line: int
    what: str
    expected: str
    column: int = 0
    key: str = ""

    def __post_init__(self) -> None:
        # What is quoted of a bad file may be as long as the file.
        if len(self.what) > LONGEST_WHAT:
            msgspec.structs.force_setattr(self, "what", f"{self.what[:LONGEST_WHAT]}…")

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.words}"

    @property
    def words(self) -> str:
        """Return the field that is meant, what is wrong there, and what was expected."""
        field = f"{self.key}: " if self.key else ""
        return f"{field}{self.what}; expected {self.expected}"


class CardMistakes(Exception):
    """Raised with every mistake found, in the order of files and lines."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(map(str, self.mistakes)))


def kind_of(node: yaml.Node) -> str:
    """Return the YAML type of a node without its prefix: str, int, map, …"""
    return node.tag.removeprefix("tag:yaml.org,2002:")


class Reading:
    """One YAML text being read: gives values with the type asked for, and collects mistakes.

    Every method returns a harmless value of its type after a mistake, so that reading goes on
    and one go finds all mistakes.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.mistakes: list[Mistake] = []
        self.lines: dict[str, int] = {}
        self.odd: set[tuple[int, int]] = set()  # places of values that were told of already
        self.fields: dict[tuple[int, int], Path] = {}  # by line and column from 1; column 0: a line

    def wrong(
        self, node: yaml.Node | int, what: str, expected: str, column: int = 0, *, key: str = ""
    ) -> None:
        """Note a mistake at a node or in a line; `key` says what is meant, see Mistake."""
        if isinstance(node, int):
            line = node
        else:
            line, column = node.start_mark.line + 1, node.start_mark.column + 1
            if (line - 1, column - 1) in self.odd:
                return
        path = self.fields.get((line, column), self.fields.get((line, 0), ()))
        if not key:
            key = " › ".join(path)
        elif not isinstance(node, int):  # a key of the mapping at this node
            key = " › ".join((*path, key))
        self.mistakes.append(Mistake(self.file, line, what, expected, column, key))

    def root(self, text: str) -> yaml.Node | None:
        """Return the one document of the text, or None after a mistake."""
        try:
            nodes = Nodes(text, self.wrong)
            self.odd = nodes.odd
            root = nodes.root()
        except StopReading:
            return None
        except yaml.MarkedYAMLError as error:
            mark: Any = error.problem_mark or error.context_mark
            said = " ".join(filter(None, (error.context, error.problem)))
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 0)
            last = text.count("\n") + 1
            if line > last:  # the end of the text counts as a line of its own
                line, column = last, 0
            self.wrong(line, f"not YAML: {said}", "valid YAML", column)
            return None
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            self.wrong(line, f"the character #x{_code(error):04x} is not allowed", "printable text")
            return None
        if root is None:
            self.wrong(1, "the file is empty", "a mapping")
            return None
        self._name(root, ())
        told, self.mistakes = self.mistakes, []
        for mistake in told:  # told of before the fields had names
            self.wrong(mistake.line, mistake.what, mistake.expected, mistake.column)
        return root

    def _name(self, node: yaml.Node, path: Path) -> None:
        """Note which field stands where, and what all fields that begin in a line share."""
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.fields.setdefault((line, column), path)
        self.fields[line, 0] = tuple(_shared(self.fields.get((line, 0), path), path))
        if isinstance(node, yaml.SequenceNode):
            for number, child in enumerate(node.value, 1):
                self._name(child, (*path, str(number)))
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                mark = key.start_mark
                self.fields.setdefault((mark.line + 1, mark.column + 1), path)
                self._name(value, (*path, str(key.value)[:LONGEST_KEY]))

    def keys(
        self, node: yaml.Node, known: Collection[str] | None = None, required: Collection[str] = ()
    ) -> dict[str, yaml.Node]:
        """Return the values of a mapping by key, in order; `known` None allows any key."""
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, _is(node), "a mapping")
            return {}
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if kind_of(key) != "str":
                self.wrong(key, f"a key that is {TYPES.get(kind_of(key), 'no text')}", "text")
            elif key.value in found:
                first = self.lines_of(found[key.value])
                self.wrong(key, f"the key {key.value} stands twice", f"it once (line {first})")
            elif known is not None and key.value not in known:
                self.wrong(key, f"unknown key {key.value}", f"one of {', '.join(known)}")
            else:
                found[key.value] = value
        for key in required:
            if key not in found and not any(k.value == key for k, _ in node.value):
                self.wrong(node, f"the key {key} is missing", f"{key}: …", key=key)
        return found

    def lines_of(self, node: yaml.Node) -> int:
        """Return the line in which a node begins."""
        line: int = node.start_mark.line + 1
        return line

    def text(self, node: yaml.Node, *, most: int, least: int = 1, verbatim: bool = False) -> str:
        """Return text, stripped unless `verbatim`; `least` and `most` are characters."""
        if kind_of(node) != "str":
            self.wrong(node, _is(node), "text (put it in quotes)")
            return ""
        text: str = node.value if verbatim else node.value.strip()
        if len(text) < least:
            self.wrong(node, "the text is empty", "text")
        if len(text) > most:
            self.wrong(node, f"{len(text)} characters", f"at most {most}")
        return text

    def line(self, node: yaml.Node, *, most: int, least: int = 1) -> str:
        """Return text of one line."""
        text = self.text(node, most=most, least=least)
        if "\n" in text:
            self.wrong(node, "more than one line", "one line")
        return text

    def number(self, node: yaml.Node, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, written in decimal."""
        expected = f"a whole number from {low} to {high}"
        if kind_of(node) != "int" or not re.fullmatch(r"0|-?[1-9][0-9]{0,17}", node.value):
            self.wrong(node, _is(node), expected)
            return low
        value = int(node.value)
        if not low <= value <= high:
            self.wrong(node, f"{value}", expected)
        return value

    def flag(self, node: yaml.Node) -> bool:
        """Return true or false."""
        if kind_of(node) != "bool" or node.value.lower() not in ("true", "false"):
            self.wrong(node, _is(node), "true or false")
        return bool(node.value.lower() == "true")

    def items(self, node: yaml.Node, *, least: int = 0, most: int) -> list[yaml.Node]:
        """Return the nodes of a list with `least` to `most` entries."""
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(node, _is(node), "a list")
            return []
        if not least <= len(node.value) <= most:
            span = f"{least} to {most}" if least else f"at most {most}"
            self.wrong(node, f"{len(node.value)} entries", span)
        return list(node.value[:most])

    def plain(self, node: yaml.Node) -> Any:
        """Return a JSON value: text, number, true, false, null, list, mapping."""
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(child) for child in node.value]
        if isinstance(node, yaml.MappingNode):
            return {key: self.plain(value) for key, value in self.keys(node).items()}
        match kind_of(node):
            case "str":
                return node.value
            case "int":
                return self.number(node, -(2**53), 2**53)
            case "bool":
                return self.flag(node)
            case "null":
                return None
            case "float":
                value = float(node.value) if _is_float(node.value) else math.nan
                if math.isfinite(value):
                    return value
        self.wrong(node, _is(node), "a JSON value (put dates and times in quotes)")
        return None


def _shared(one: Path, other: Path) -> Iterator[str]:
    """Yield the keys with which both paths begin."""
    for a, b in zip(one, other, strict=False):
        if a != b:
            return
        yield a


def _is(node: yaml.Node) -> str:
    found = TYPES.get(kind_of(node), "not plain")
    return f"{found}: {node.value}" if isinstance(node, yaml.ScalarNode) and node.value else found


def _is_float(text: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?", text) is not None


def _code(error: yaml.reader.ReaderError) -> int:
    # The C reader gives a number, the Python one a character.
    return ord(error.character) if isinstance(error.character, str) else error.character
