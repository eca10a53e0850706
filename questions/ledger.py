"""What was wanted beside what was sent: cases by versions, in numbers and words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from questions.card_data import CaseData
from questions.models import Case, Version
from questions.own_runs import NOT_RUN, is_left_out
from sandbox.report import Email, Report

Cell = tuple[str, str]
ENVELOPES = 3  # More than this many in a cell are a number.


@dataclass(frozen=True)
class Sent:
    """One cell: a report measured against what its case wants."""

    version: str
    case: Case | CaseData
    report: Report
    marks: tuple[str, ...]

    @property
    def wanted(self) -> int:
        return self.case.wanted

    @property
    def number(self) -> int:
        return self.report.emails_sent

    @property
    def ok(self) -> bool:
        return not self.trouble

    @property
    def ran(self) -> bool:
        """Return whether there was a run: what was not run sent nothing, and is no result."""
        return self.report.outcome != "refused"

    @property
    def extra(self) -> int:
        return max(0, self.number - self.wanted)

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.number)

    @property
    def trouble(self) -> str:
        """Return in a few words what is not as wanted; empty when all is."""
        return self._ended() or self._count() or self._content()

    @property
    def words(self) -> str:
        return self.trouble or "as wanted"

    @property
    def envelopes(self) -> list[Literal["", "extra", "gone"]]:
        """Return one mark an envelope to draw: plain, too many, missing; at most three."""
        drawn: list[Literal["", "extra", "gone"]] = [
            "" if mark == "wanted" else "extra" for mark in self.marks
        ]
        drawn += ["gone"] * self.missing
        return drawn if len(drawn) <= ENVELOPES else drawn[-2:]

    @property
    def more(self) -> int:
        """Return the number to print beside two envelopes when there are more than three."""
        return self.number if self.number + self.missing > ENVELOPES else 0

    def _ended(self) -> str:
        if self.report.outcome == "error" and self.report.error:
            return f"raised {self.report.error.type}"
        if is_left_out(self.report):
            return NOT_RUN
        return "" if self.report.outcome == "ok" else ENDED[self.report.outcome]

    def _count(self) -> str:
        if self.extra:
            return f"{self.extra} too many"
        return f"{self.missing} missing" if self.missing else ""

    def _content(self) -> str:
        if "wrong" in self.marks:
            return "to the wrong person"
        if "subject" in self.marks:
            return "another subject"
        wanted, result = self.case.wanted_result, self.report.result
        if wanted in (None, result):
            return ""
        told, hoped = (json.dumps(value, ensure_ascii=False) for value in (result, wanted))
        short = max(len(told), len(hoped)) <= SHORT_RESULT
        return f"result {told}, wanted {hoped}" if short else "another result"


SHORT_RESULT = 16  # characters of JSON that a cell of the table has room for
ENDED = {
    "error": "stopped by an error",
    "time_limit": "stopped at the time limit",
    "memory_limit": "stopped at the memory limit",
    "output_limit": "stopped at the output limit",
    "crashed": "the process ended",
    "refused": "not run here",
}


@dataclass(frozen=True)
class Row:
    """One case: what it is, what it wants, and a cell for each version (None: not measured)."""

    case: Case
    cells: tuple[tuple[Version, Sent | None], ...]
    asked: bool = False


@dataclass(frozen=True)
class Total:
    """How many cases a version meets, and which, in the order of the cases."""

    version: Version
    met: int
    of: int
    ticks: tuple[bool, ...] = field(default=())


@dataclass(frozen=True)
class Ledger:
    """All cases by all versions."""

    versions: Sequence[Version]
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]

    @property
    def runs(self) -> int:
        return sum(sent is not None for row in self.rows for _, sent in row.cells)


def sent(case: Case | CaseData, version: str, report: Report) -> Sent:
    """Return the cell of one report, measured against what the case wants."""
    return Sent(version, case, report, tuple(marks(case, report)))


def marks(case: Case | CaseData, report: Report) -> list[str]:
    """Return a word an email, in the order they left.

    "wanted", "extra" (one too many), "wrong" (its address) or "subject" (the wrong one). Of too
    many, the extra ones are those that nobody wanted.
    """
    people, subjects = _left(case.wanted_to), _left(case.wanted_subjects)
    words = [_fits(email, people, subjects) for email in report.emails]
    words += ["wanted"] * (report.emails_sent - len(report.emails))  # more than are kept
    places = [
        n for word in ("wanted", "subject", "wrong") for n, w in enumerate(words) if w == word
    ]
    for n in places[case.wanted :]:
        words[n] = "extra"
    return words


def _left(wanted: list[str] | None) -> Counter[str] | None:
    return None if wanted is None else Counter(wanted)


def _fits(email: Email, people: Counter[str] | None, subjects: Counter[str] | None) -> str:
    """Return "wrong" or "subject", or "wanted" and take the email off what is still wanted."""
    to, subject = recipients(email), email.subject
    if people is not None and people[to] < 1:
        return "wrong"
    if subjects is not None and subjects[subject] < 1:
        return "subject"
    for wanted, key in ((people, to), (subjects, subject)):
        if wanted is not None:
            wanted[key] -= 1
    return "wanted"


def recipients(email: Email) -> str:
    """Return all addresses of an email as one string, as card files write them."""
    return ",".join([*email.to, *(f"cc:{a}" for a in email.cc), *(f"bcc:{a}" for a in email.bcc)])


def ledger(
    versions: Sequence[Version],
    cases: Sequence[Case],
    reports: Mapping[Cell, Report],
    asked: Sequence[str] = (),
) -> Ledger:
    """Return the table of all cases by these versions; `asked` names the predicted cases."""
    rows = tuple(
        Row(case, tuple((v, _cell(case, v, reports)) for v in versions), case.name in asked)
        for case in cases
    )
    totals = tuple(_total(version, i, rows) for i, version in enumerate(versions))
    return Ledger(versions, rows, totals)


def _cell(case: Case, version: Version, reports: Mapping[Cell, Report]) -> Sent | None:
    report = reports.get((version.name, case.name))
    return None if report is None else sent(case, version.name, report)


def _total(version: Version, i: int, rows: tuple[Row, ...]) -> Total:
    ticks = sorted((cell.ok for row in rows if (cell := row.cells[i][1])), reverse=True)
    return Total(version, sum(ticks), len(rows), tuple(ticks))
