"""The hunks of a fix: what differs between buggy and fixed, and the fix with one of them undone."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple


class Hunk(NamedTuple):
    """Lines of one file that the fix changed; line numbers are those of the fixed file, from 1."""

    path: str
    first: int
    last: int
    before: tuple[str, ...]
    after: tuple[str, ...]

    def __str__(self) -> str:
        if not self.after:
            count = f"{len(self.before)} line{'s' * (len(self.before) != 1)}"
            return f"{self.path}: {count} removed before line {self.first}"
        lines = f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.path}:{lines}: {self.after[0].strip()}"


def hunks(buggy: dict[str, str], fixed: dict[str, str]) -> Iterator[Hunk]:
    """Yield what changed from buggy to fixed, file by file.

    Comments alone do not count, nor do imports that are gone because nothing uses them now: left
    in, they would do no harm, so no claim can break.
    """
    for path in sorted(buggy.keys() | fixed.keys()):
        before = buggy.get(path, "").splitlines(keepends=True)
        after = fixed.get(path, "").splitlines(keepends=True)
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal" and _does_something(before[a:b], after[c:d]):
                yield Hunk(path, c + 1, d, tuple(before[a:b]), tuple(after[c:d]))


def without(fixed: dict[str, str], hunk: Hunk) -> dict[str, str]:
    """Return the fixed files with one hunk as it was before; a file left empty is gone."""
    lines = fixed.get(hunk.path, "").splitlines(keepends=True)
    lines[hunk.first - 1 : hunk.first - 1 + len(hunk.after)] = hunk.before
    text = "".join(lines)
    files = {**fixed, hunk.path: text}
    return {path: text for path, text in files.items() if text or path != hunk.path}


def _does_something(before: list[str], after: list[str]) -> bool:
    old, new = _said(before), _said(after)
    return bool(new) or any(not line.startswith(("import ", "from ")) for line in old)


def _said(lines: list[str]) -> list[str]:
    return [text for line in lines if (text := line.strip()) and not text.startswith("#")]
