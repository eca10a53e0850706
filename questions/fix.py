"""A learner's own fix: the buggy files edited, run in every case, measured against the versions."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from questions import card as parts
from questions import gone, own_runs, tabs
from questions.diff import Mark, unified
from questions.ledger import Sent, sent
from questions.models import Card, Case, Version
from questions.runs import MINE, Runs
from questions.say import why_sent
from sandbox.report import Email, Error, Report
from sandbox.snippet import UNREADABLE, split

LETTERS = 6  # emails of a case that a fix tells one by one


class Attempt:
    """The learner's files of one card, their runs, and what those say."""

    def __init__(self, card: Card, draft: Mapping[str, str | None]) -> None:
        self.card = card
        self.buggy = parts.version(card, "buggy")
        original = self.buggy.files if self.buggy else {}
        self.original = (
            {file.path: file.text for file in parts.files(self.buggy)} if self.buggy else {}
        )
        texts = {**self.original, **draft}
        self.files = {path: text for path, text in texts.items() if text is not None}
        self.cases = list(card.cases.all())
        program = card.program()
        unseen = {path: text for path, text in original.items() if path not in self.original}
        self.whole = {**unseen, **self.files}
        mine = {**program.versions, MINE: self.whole}
        self.runs = Runs(msgspec.structs.replace(program, versions=mine))

    @property
    def changed(self) -> bool:
        return self.files != self.original

    @property
    def mark(self) -> str:
        return tabs.mark(self.files)

    @property
    def gone(self) -> list[str]:
        """Return the paths of the card's files that the learner deleted."""
        return [path for path in self.original if path not in self.files]

    def draft(self, files: Mapping[str, str]) -> dict[str, str | None]:
        """Return these files as a draft to keep: None stands for a file of the card's deleted."""
        return {**{path: None for path in self.original if path not in files}, **files}

    @property
    def cells(self) -> list[tuple[str, str]]:
        return [(MINE, case.name) for case in self.cases]

    def own(self) -> dict[str, str]:
        """Return the files that differ from the card's, by the names shown; a deleted one is ""."""
        texts = {**dict.fromkeys(self.gone, ""), **self.files}
        return {
            parts.named(path): text
            for path, text in texts.items()
            if text != self.original.get(path)
        }

    def run(self, who: str = "", run_id: str = "") -> None:
        """Run my files in every case, now; see Runs.run."""
        self.runs.run(self.cells, who=who, run_id=run_id)

    def recall(self) -> bool:
        """Take the runs of exactly these files, if they are remembered; return whether all are."""
        self.runs.recall(self.cells)
        return self.runs.has(self.cells)

    @property
    def undriven(self) -> bool:
        """Return whether the lines that the case `as_written` runs are gone from the snippet."""
        texts = self.original.get("snippet.py", ""), self.files.get("snippet.py", "")
        return [_drives(text) for text in texts] == [True, False]

    @property
    def buried(self) -> bool:
        """Return whether the snippet's last lines stand above an import, def or class of mine.

        Then they are part of the module, and run while it is loaded (docs/program-layout.md).
        """
        try:
            before = _statements(split(self.original.get("snippet.py", "")).driver)
            now = _statements(split(self.files.get("snippet.py", "")).models)
        except UNREADABLE:
            return False
        return not before.isdisjoint(now)

    def outcomes(self) -> list[Sent]:
        return [self._sent(MINE, case) for case in self.cases]

    def error(self) -> Error | None:
        """Return the error that stops every case, such as one of syntax."""
        reports = [self.runs.reports[cell] for cell in self.cells]
        return reports[0].error if reports and all(map(_is_early, reports)) else None

    @property
    def stuck(self) -> str:
        """Return in words that no case is reached in time; empty where that is not known."""
        left_out = any(own_runs.is_left_out(self.runs.reports[cell]) for cell in self.cells)
        return own_runs.STUCK if left_out else ""

    def missed_name(self, one: Sent) -> str:
        """Return in words that a case fails by a name that my files do not have any more."""
        theirs = self.runs.program.versions["buggy"] if self.buggy else {}
        action = self.runs.program.job(MINE, one.case.name).action
        return gone.hint(one.report.error, theirs, self.whole, action)

    def likeness(self) -> Version | None:
        """Return the version that sent the same in every case: a decoy first, then the others.

        What is compared are measured runs, not the text: number, people, error and result.
        """
        versions = sorted(self.card.versions.all(), key=_telling)
        self.runs.fetch((version.name, case.name) for version in versions for case in self.cases)
        mine = [self._did(MINE, case) for case in self.cases]
        return next(
            (v for v in versions if [self._did(v.name, c) for c in self.cases] == mine), None
        )

    def beyond(self) -> list[Case]:
        """Return the cases in which mine holds and the card's answer does not."""
        return [
            case
            for case in self.cases
            if ("fixed", case.name) in self.runs.reports
            and self._sent(MINE, case).ok
            and not self._sent("fixed", case).ok
        ]

    def breaks(self) -> list[Case]:
        """Return the cases in which the card's answer holds and mine does not."""
        return [
            case
            for case in self.cases
            if ("fixed", case.name) in self.runs.reports
            and self._sent("fixed", case).ok
            and not self._sent(MINE, case).ok
        ]

    def against(self, other: Version | None) -> list[tuple[str, tuple[Mark, ...]]]:
        """Return each file that differs from the other version's, as a diff in one column."""
        return self.beside({file.path: file.text for file in parts.files(other)} if other else {})

    def beside(self, theirs: Mapping[str, str]) -> list[tuple[str, tuple[Mark, ...]]]:
        """Return each file that differs from theirs, by path, as a diff in one column."""
        names = list(dict.fromkeys([*self.files, *theirs]))
        return [
            (parts.named(n), unified(n, theirs.get(n, ""), self.files.get(n, "")))
            for n in names
            if theirs.get(n, "").rstrip() != self.files.get(n, "").rstrip()
        ]

    def _sent(self, version: str, case: Case) -> Sent:
        return sent(case, version, self.runs.reports[version, case.name])

    def _did(self, version: str, case: Case) -> Any:
        report: Report | None = self.runs.reports.get((version, case.name))
        if report is None:
            return None
        error = report.error and (report.error.phase, report.error.type)
        people = sorted(",".join(email.to) for email in report.emails)
        return report.emails_sent, people, report.outcome, error, report.result


class Row(NamedTuple):
    """One case of a fix; `gone` says which name it misses, if it fails by that."""

    sent: Sent
    gone: str
    letters: list[tuple[Email, str, str]]


def rows(attempt: Attempt, outcomes: Sequence[Sent]) -> list[Row]:
    """Return the cases, each with a name of the card's code that it misses, and its emails."""
    return [Row(one, attempt.missed_name(one), letters(one)) for one in outcomes]


def letters(one: Sent) -> list[tuple[Email, str, str]]:
    """Return the first few emails of a case, each with its mark and why it was sent."""
    return [
        (email, mark, why_sent(one.report, email))
        for email, mark in list(zip(one.report.emails, one.marks, strict=False))[:LETTERS]
    ]


def _is_early(report: Report) -> bool:
    """Return whether an error came before the case; of what took too long that is not known."""
    return bool(report.error and report.error.phase != "case" and report.outcome != "time_limit")


def _drives(text: str) -> bool:
    """Return whether a snippet has lines at its end that run; True where it is not Python."""
    try:
        return bool(_statements(split(text).driver))
    except UNREADABLE:
        return True


def _statements(text: str) -> set[str]:
    """Return the statements of a module, comments and places left out; raise as ast.parse."""
    body = ast.parse(text).body
    return {ast.dump(node) for node in body if not isinstance(node, ast.Pass)}


def _telling(version: Version) -> tuple[int, int]:
    order = (Version.Kind.BUGGY, Version.Kind.DECOY, Version.Kind.FIXED, Version.Kind.HARDENED)
    return order.index(Version.Kind(version.kind)), version.order


def summary(outcomes: Sequence[Sent]) -> str:
    """Return "As wanted in 4 of 12"."""
    return f"As wanted in {sum(o.ok for o in outcomes)} of {len(outcomes)}"
