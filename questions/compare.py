"""Two traces beside each other, with the first difference marked."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from questions.trace import Step, Trace


@dataclass(frozen=True)
class Pair:
    """One row: a step of each side, None where a side has no such step."""

    left: Step | None
    right: Step | None
    first: bool = False

    @property
    def same(self) -> bool:
        return bool(self.left and self.right and said(self.left) == said(self.right))


@dataclass(frozen=True)
class Comparison:
    """Two ways through the same case; `difference` says what differs first, in words."""

    left: Trace
    right: Trace
    pairs: tuple[Pair, ...]
    difference: str


def compare(left: Trace, right: Trace) -> Comparison:
    """Align two traces by what their steps say; lines of code may differ."""
    a, b = [said(s) for s in left.steps], [said(s) for s in right.steps]
    rows: list[tuple[Step | None, Step | None]] = []
    for _, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        ours, theirs = list(left.steps[i1:i2]), list(right.steps[j1:j2])
        most = max(len(ours), len(theirs))
        rows += zip(_filled(ours, most), _filled(theirs, most), strict=True)
    first = _first(rows)
    pairs = tuple(Pair(x, y, i == first) for i, (x, y) in enumerate(rows))
    words = _difference(pairs[first], left.version, right.version) if pairs and first >= 0 else ""
    return Comparison(left, right, pairs, words)


def said(step: Step) -> str:
    """Return what a step says, for comparing: words, but neither number nor line."""
    return f"{step.lane.who} {step.words.text}"


def _filled(steps: list[Step], most: int) -> list[Step | None]:
    return steps + [None] * (most - len(steps))


def _first(rows: list[tuple[Step | None, Step | None]]) -> int:
    """Return the row that differs first in words; failing that in its line; -1 for none."""
    for i, (x, y) in enumerate(rows):
        if x is None or y is None or said(x) != said(y):
            return i
    lines = (i for i, (x, y) in enumerate(rows) if x and y and x.where != y.where)
    return next(lines, -1)


def _difference(pair: Pair, ours: str, theirs: str) -> str:
    left, right = pair.left, pair.right
    if left and right and said(left) == said(right):
        what = "the same email" if left.email else "the same step"
        return f"another line, {what}"
    if right is None and left:
        return f"only {ours} has the step “{left.words.text}”"
    if left is None and right:
        return f"only {theirs} has the step “{right.words.text}”"
    if left is None or right is None:
        return ""
    names = [step.words.name or step.words.rest for step in (right, left)]
    if names[0] == names[1]:
        return f"{names[0]}: {right.words.rest}"
    return f"{names[0]} instead of {names[1]}"
