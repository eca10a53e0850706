"""What one version changes in the card's code, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any, TypedDict

from questions.models import Case, Version
from tutor.facts import action, files

SETTINGS = "project.json"  # a fix may be a setting

AROUND = 2  # lines shown before and after a change


class Line(TypedDict):
    """One line: sign is "+", "-", "" (unchanged) or "…" (lines left out)."""

    sign: str
    text: str


class Change(TypedDict):
    """The changed lines of one file."""

    name: str
    lines: list[Line]


def changes(before: Version, after: Version) -> list[Change]:
    """Return the files that differ, each with its changed lines and a few around them."""
    old, new = _texts(before), _texts(after)
    names = [*old, *(name for name in new if name not in old)]
    found = [Change(name=n, lines=_lines(old.get(n, []), new.get(n, []))) for n in names]
    return [change for change in found if change["lines"]]


def changes_of_cases(before: Version, after: Version, cases: Iterable[Case]) -> list[Change]:
    """Return the cases that happen another way, each with its changed lines."""
    both = [(case, action(before, case), action(after, case)) for case in cases]
    return [
        Change(name=f"case_{case.name}.py", lines=_lines(old.splitlines(), new.splitlines()))
        for case, old, new in both
        if old != new
    ]


def _texts(version: Version) -> dict[str, list[str]]:
    settings = version.files.get(SETTINGS, "")
    texts = {file["name"]: file["text"].splitlines() for file in files(version)}
    return {**texts, SETTINGS: settings.splitlines()} if settings else texts


def _lines(old: list[str], new: list[str]) -> list[Line]:
    lines: list[Line] = []
    groups = SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND)
    for number, group in enumerate(groups):
        if number:
            lines.append(Line(sign="…", text=""))
        lines += _trimmed(list(_group(group, old, new)))
    return lines


def _group(group: Iterable[Any], old: list[str], new: list[str]) -> Iterator[Line]:
    for tag, a, b, c, d in group:
        if tag == "equal":
            yield from (Line(sign="", text=text) for text in old[a:b])
        else:
            yield from (Line(sign="-", text=text) for text in old[a:b])
            yield from (Line(sign="+", text=text) for text in new[c:d])


def _trimmed(lines: list[Line]) -> list[Line]:
    """Return the lines without unchanged empty ones at the ends: they would look like a gap."""
    told = [n for n, line in enumerate(lines) if line["sign"] or line["text"].strip()]
    return lines[told[0] : told[-1] + 1]
