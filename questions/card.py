"""A card as its page shows it: its code, its cases, its versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from questions import code
from questions.models import Card, Case, Claim, Version
from sandbox.snippet import split

ASKED = 4  # At most this many cases are asked before the run.
UNMARKED = 3  # As many of the first cases are asked when a card marks none.


class File(NamedTuple):
    """One file of a version: the name shown, and its lines."""

    path: str
    name: str
    lines: tuple[code.Line, ...]
    text: str

    @property
    def anchor(self) -> str:
        return self.name.replace("/", "-").replace(".", "-")


def version(card: Card, name: str) -> Version | None:
    """Return the card's version of this name."""
    return next((v for v in card.versions.all() if v.name == name), None)


def runs(card: Card) -> bool:
    """Whether there is anything to run: the card's code and a case; a draft may lack them."""
    return version(card, "buggy") is not None and bool(card.cases.all())


def source(card: Card) -> list[File]:
    """Return the files of the buggy version: the card's code."""
    buggy = version(card, "buggy")
    return files(buggy) if buggy else []


def files(version: Version) -> list[File]:
    """Return a version's files to read: no case files, no project.json, no empty file."""
    texts = {
        path: text
        for path, text in version.files.items()
        if not path.startswith("case_") and path != "project.json" and text.strip()
    }
    return [
        File(path, named(path), code.lines(texts[path], path), texts[path])
        for path in sorted(texts, key=_reading_order)
    ]


def named(path: str) -> str:
    """Return the name to show: a pasted snippet is what models.py would hold."""
    return "models.py" if path == "snippet.py" else path


def completed_imports(card: Card) -> list[str]:
    """Return the imports that the sandbox adds to a pasted snippet: the learner is told."""
    buggy = version(card, "buggy")
    if buggy is None or "snippet.py" not in buggy.files:
        return []
    try:
        return split(buggy.files["snippet.py"]).completed
    except SyntaxError:
        return []


ORDER = ("snippet.py", "models.py", "signals.py", "receivers.py", "services.py", "views.py")


def _reading_order(path: str) -> tuple[int, str]:
    return (ORDER.index(path) if path in ORDER else len(ORDER), path)


def action(version: Version | None, case: Case) -> str:
    """Return the source of a case: the version's own file replaces the shared one."""
    own = version.files.get(f"case_{case.name}.py") if version else None
    return case.action if own is None else own


def asked(cases: Sequence[Case]) -> list[Case]:
    """Return the cases to predict before the first run."""
    marked = [case for case in cases if case.predict]
    return (marked or list(cases[:UNMARKED]))[:ASKED]


def opening(card: Card) -> Case | None:
    """Return the case to ask a first visitor about: more is sent in it than the one wanted.

    Most say what they would want, so it is there that the number surprises them.
    """
    cases = asked(list(card.cases.all()))
    claims = Claim.objects.filter(version__card=card, version__kind=Version.Kind.BUGGY)
    sent = {claim.case_id: claim.here().emails for claim in claims}
    more = [case for case in cases if sent.get(case.pk, 0) > case.wanted]
    return next(iter([case for case in more if case.wanted] or more or cases), None)


def compared(card: Card) -> list[Version]:
    """Return the versions that the ledger compares: all but the decoys."""
    return [v for v in card.versions.all() if v.kind != Version.Kind.DECOY]
