"""Versions of a learner's own fix that were put aside: to be seen, used, or forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from questions import tabs
from questions.diff import Mark
from questions.fix import Attempt
from questions.models import Card
from questions.own_files import FILES
from questions.visits import Earlier, Visit

BEFORE = "What was here before is kept: below the editor it comes back."
TITLES = {
    "signed in": "Your other version, put aside when you signed in",
    "shared": "Your version from before you took over a shared run",
    "used": "The version that was here before",
    "reset": "Your version from before you started again",
}


DELETED = "deleted"


class Aside(NamedTuple):
    """One version put aside: how it is told from the others, and how the present one differs."""

    mark: str
    title: str
    against: Sequence[tuple[str, Sequence[Mark]]]


def shown(card: Card, visit: Visit, attempt: Attempt) -> list[Aside]:
    """Return the versions put aside that are not what is there now, the newest first."""
    found: dict[str, Aside] = {}
    for each in reversed(visit.earlier):
        if each.why == DELETED:
            continue  # a file comes back among the files
        mark, title = tabs.mark(each.draft), TITLES.get(each.why, "An older version of yours")
        against = attempt.beside(Attempt(card, each.draft).files) if each.draft else []
        if against:
            found.setdefault(mark, Aside(mark, title, against))
    return list(found.values())


def take(visit: Visit, mark: str, *, use: bool) -> bool:
    """Take the version of this mark from what was put aside; return whether there is one.

    To be used it changes places with the draft. Words that were put aside with it stay.
    """
    versions = (each for each in visit.earlier if each.why != DELETED)
    chosen = next((each for each in versions if tabs.mark(each.draft) == mark), None)
    if chosen is None or not chosen.draft:
        return False
    rest = [each for each in visit.earlier if each.draft != chosen.draft]
    words = [Earlier(each.words, {}, each.why) for each in visit.earlier
             if each.draft == chosen.draft and each.words]  # fmt: skip
    visit.earlier = [*rest, *words]
    if use:
        before = [Earlier(draft=visit.draft, why="used")] if visit.draft else []
        visit.draft, visit.earlier = chosen.draft, [*visit.earlier, *before]
    return True


def put_aside(visit: Visit) -> None:
    """Put the draft aside, as the one version from before a start anew."""
    if visit.draft:
        others = [each for each in visit.earlier if each.why != "reset"]
        visit.earlier = [*others, Earlier(draft=visit.draft, why="reset")]
        visit.draft = {}


def deleted(visit: Visit) -> dict[str, str]:
    """Return the texts of the files that the learner deleted, by path."""
    return {
        path: text
        for each in visit.earlier
        if each.why == DELETED
        for path, text in each.draft.items()
        if text is not None
    }


def keep_deleted(visit: Visit, texts: Mapping[str, str]) -> None:
    """Keep these and no other texts of deleted files, the last few of them."""
    last = dict(list(texts.items())[-FILES:])
    others = [each for each in visit.earlier if each.why != DELETED]
    visit.earlier = [*others, *([Earlier(draft={**last}, why=DELETED)] if last else [])]
