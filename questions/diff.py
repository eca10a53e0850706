"""Versions beside each other: a real diff by lines, with the changed words inside a line marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from questions.code import Line, depth, lines

Kind = Literal["same", "add", "del", "moved"]
CLOSE = 0.5  # How alike two lines are that count as one line changed.


class Mark(NamedTuple):
    """One line in a column: its kind, and its HTML; changed words are in <ins>."""

    kind: Kind
    n: int
    html: SafeString

    @property
    def depth(self) -> int:
        return depth(self.html)

    @property
    def sign(self) -> str:
        return {"add": "+", "del": "−", "moved": "→", "same": ""}[self.kind]

    @property
    def word(self) -> str:
        """Return what the sign means, for those who do not see it."""
        return {"add": "added: ", "del": "removed: ", "moved": "only indented: ", "same": ""}[
            self.kind
        ]


@dataclass(frozen=True)
class Part:
    """One file: a row of cells a line, one cell a column; None where a column has no such line."""

    name: str
    rows: tuple[tuple[Mark | None, ...], ...]
    same: bool


class Change(NamedTuple):
    """How one line of the base became a line of the other: either may be missing."""

    base: int | None
    other: int | None
    kind: Literal["same", "moved", "changed"]


def beside(name: str, base: str, others: Sequence[str | None]) -> Part:
    """Return one file of several versions in columns: the base first, then each other."""
    left = lines(base, name)
    columns = [_Column(base, other, name) for other in others]
    rows: list[tuple[Mark | None, ...]] = []
    for i in range(len(left) + 1):
        rows += _inserted([column.before.get(i, []) for column in columns])
        if i < len(left):
            cells = [column.at.get(i) for column in columns]
            # Removed is what the answer, the first of the others, does not keep.
            kept = not cells or (cells[0] is not None and cells[0].kind in ("same", "moved"))
            rows.append((Mark("same" if kept else "del", left[i].n, left[i].html), *cells))
    same = all(cell is None or cell.kind == "same" for row in rows for cell in row)
    return Part(name, tuple(rows), same)


def unified(name: str, base: str, other: str) -> tuple[Mark, ...]:
    """Return one file of two versions in one column: removed lines before those added."""
    left, right = lines(base, name), lines(other, name)
    # A file that is not there has no lines, not one empty one.
    if not base or not other:
        removed = [Mark("del", line.n, line.html) for line in left if base]
        return (*removed, *(Mark("add", line.n, line.html) for line in right if other))
    found: list[Mark] = []
    for change in changes(base, other):
        if change.kind == "changed":
            if change.base is not None:
                found.append(Mark("del", left[change.base].n, left[change.base].html))
            if change.other is not None:
                found.append(_added(change, left, right))
        elif change.other is not None:
            line = right[change.other]
            found.append(Mark(change.kind, line.n, line.html))
    return tuple(found)


def changes(base: str, other: str) -> list[Change]:
    """Return how the lines of one text became those of the other, in order."""
    a, b = base.rstrip("\n").split("\n"), other.rstrip("\n").split("\n")
    matcher = SequenceMatcher(None, [x.strip() for x in a], [x.strip() for x in b], autojunk=False)
    found: list[Change] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                found.append(Change(i, j, "same" if a[i] == b[j] else "moved"))
            continue
        found += _replaced(a, b, (i1, i2, j1, j2))
    return found


def _replaced(a: list[str], b: list[str], span: tuple[int, int, int, int]) -> list[Change]:
    """Pair lines that are alike within a replaced block; the rest is removed or added."""
    i, i2, j, j2 = span
    found: list[Change] = []
    while i < i2 and j < j2:
        if SequenceMatcher(None, a[i], b[j]).ratio() >= CLOSE:
            found.append(Change(i, j, "changed"))
            i, j = i + 1, j + 1
        elif i2 - i > j2 - j:
            found.append(Change(i, None, "changed"))
            i += 1
        else:
            found.append(Change(None, j, "changed"))
            j += 1
    found += [Change(k, None, "changed") for k in range(i, i2)]
    return found + [Change(None, k, "changed") for k in range(j, j2)]


class _Column:
    """One other version against the base: a mark at each base line, and marks before it."""

    def __init__(self, base: str, other: str | None, name: str) -> None:
        self.absent = other is None
        self.at: dict[int, Mark] = {}
        self.before: dict[int, list[Mark]] = {}
        if other is None:
            return
        left, right = lines(base, name), lines(other, name)
        here = 0
        for change in changes(base, other):
            if change.base is not None:
                here = change.base
            if change.other is not None:
                mark = self._mark(change, left, right)
                if change.base is None:
                    self.before.setdefault(here, []).append(mark)
                else:
                    self.at[change.base] = mark
            if change.base is not None:
                here = change.base + 1

    def _mark(self, change: Change, left: Sequence[Line], right: Sequence[Line]) -> Mark:
        line = right[change.other or 0]
        if change.kind == "changed":
            return _added(change, left, right)
        return Mark(change.kind, line.n, line.html)


def _added(change: Change, left: Sequence[Line], right: Sequence[Line]) -> Mark:
    line = right[change.other or 0]
    if change.base is None:
        return Mark("add", line.n, line.html)
    return Mark("add", line.n, worded(left[change.base].text, line.text))


def worded(old: str, new: str) -> SafeString:
    """Return the new line as HTML with the words that the old one has not in <ins>."""
    a, b = re.findall(r"\w+|\s+|.", old), re.findall(r"\w+|\s+|.", new)
    pieces: list[str] = []
    for tag, _, _, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        text = "".join(b[j1:j2])
        words = text.strip()
        if tag == "equal" or not words:
            pieces.append(str(escape(text)))
            continue
        before, after = text.split(words, 1)
        pieces.append(f"{before}<ins>{escape(words)}</ins>{after}")
    return mark_safe("".join(pieces))  # noqa: S308


def _inserted(columns: list[list[Mark]]) -> list[tuple[Mark | None, ...]]:
    """Return rows for lines that the base has not, side by side as far as they go."""
    most = max((len(marks) for marks in columns), default=0)
    return [
        (None, *(marks[i] if i < len(marks) else None for marks in columns)) for i in range(most)
    ]
