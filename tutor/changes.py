"""What one version changes in the card's code, line by line."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TypedDict

from questions.models import Version
from tutor.facts import files

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
        for tag, a, b, c, d in group:
            if tag == "equal":
                lines += [Line(sign="", text=text) for text in old[a:b]]
            else:
                lines += [Line(sign="-", text=text) for text in old[a:b]]
                lines += [Line(sign="+", text=text) for text in new[c:d]]
    return lines
