"""Point at the bug: one line of the card's code."""

from __future__ import annotations

from random import Random

from django.core.exceptions import ValidationError
from django.http import QueryDict

from questions.card import named
from questions.diff import changes
from questions.models import Version
from questions.templatetags.cards import count
from tutor.facts import Facts, files
from tutor.kinds.base import Grade, Json, Question

NAME = "line"
TITLE = "point at the line"
SURE = True
LISTED = True  # what is answered stands beside the question, so its buttons come after it


def make(facts: Facts, rng: Random, seen: set[str]) -> Question | None:
    bugs = {
        f"{'models.py' if path == 'snippet.py' else path}:{number}"
        for path, numbers in facts.card.bug_lines.items()
        for number in numbers
    }
    if facts.buggy is None or not bugs or not _touched(facts, facts.buggy):
        return None
    missed = facts.missed(facts.buggy)
    if not missed:
        return None  # cured by a newer Django
    wrong = [facts.says(facts.buggy, case) for case in missed[:2]]
    shown = files(facts.buggy)
    if not bugs <= {place for file in shown for place in _places(file)}:
        return None
    return Question({"scenario": facts.card.scenario, "files": shown, "wrong": wrong},
                    {"lines": sorted(bugs, key=_order)})  # fmt: skip


def _touched(facts: Facts, buggy: Version) -> bool:
    """Return whether some cure changes a marked line.

    Where none does, something is missing, and no line that is there can be pointed at.
    """
    cures = [*facts.of_kind(Version.Kind.FIXED), *facts.of_kind(Version.Kind.HARDENED)]
    for path, numbers in facts.card.bug_lines.items():
        for cure in cures:
            texts = {named(other): text for other, text in cure.files.items()}
            if (text := texts.get(named(path))) is None:
                return True
            kept = {c.base for c in changes(buggy.files[path], text) if c.kind == "same"}
            if any(number - 1 not in kept for number in numbers):
                return True
    return False


def _places(file: dict[str, str]) -> list[str]:
    """Return "file:line" for each line that does something."""
    lines = enumerate(file["text"].splitlines(), start=1)
    return [f"{file['name']}:{n}" for n, line in lines if line.strip() and line.strip()[0] != "#"]


def _order(place: str) -> tuple[str, int]:
    name, _, number = place.rpartition(":")
    return name, int(number)


def read(post: QueryDict, ask: Json) -> str:
    place = post.get("line", "")
    if place not in {each for file in ask["files"] for each in _places(file)}:
        raise ValidationError("Choose a line of the code first.")
    return place


def grade(ask: Json, key: Json, answer: str, who: str = "", run_id: str = "") -> Grade:
    correct = answer in key["lines"]
    bug, several = _named(key["lines"], ask), len(key["lines"]) > 1
    if correct and several:
        text = f"It is one of the {count(len(key['lines'])).lower()} lines of the bug: {bug}."
    else:
        text = f"The bug is {'in ' * several}{bug}."
    if not correct:
        text = f"You chose {_named([answer], ask)}. {text}"
    return Grade(correct, float(correct), [text])


def _named(places: list[str], ask: Json) -> str:
    """Return "line 3 of models.py and lines 6 and 8 of signals.py"; one file is not named."""
    numbers: dict[str, list[str]] = {}
    for name, number in map(_order, places):
        numbers.setdefault(name, []).append(str(number))
    several = len(ask["files"]) > 1
    return " and ".join(
        f"line{'s' * (len(found) > 1)} {', '.join(found[:-1])}{' and ' * (len(found) > 1)}"
        f"{found[-1]}{f' of {name}' * several}"
        for name, found in numbers.items()
    )


def said(ask: Json, key: Json, answer: str) -> str:
    name, number = _order(answer)
    text = next(file["text"] for file in ask["files"] if file["name"] == name)
    return f"line {number} of {name}: {text.splitlines()[number - 1].strip()}"
