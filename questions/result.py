"""What the result of a card shows: the gap, one cell's emails and trace, ledger, comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from questions import card as parts
from questions import code
from questions.chart import MINI, TALL, WIDE, Chart, draw
from questions.compare import compare
from questions.gap import Gap
from questions.gap import gap as measure_gap
from questions.ledger import Cell, Ledger, Sent, ledger, sent
from questions.models import Card, Case, Version
from questions.runs import Runs, measured
from questions.say import BRIEF, why_sent
from questions.trace import Step, Trace, shown_file, trace
from questions.visits import Visit
from sandbox.report import Email

WORDS = {
    "wanted": "wanted",
    "extra": "too many",
    "wrong": "wrong address",
    "subject": "wrong subject",
}


@dataclass(frozen=True)
class Letter:
    """One email as an envelope: its verdict, the step that sent it, and why it was sent."""

    email: Email
    mark: str
    step: int
    why: str

    @property
    def word(self) -> str:
        return WORDS[self.mark]

    @property
    def stamp(self) -> str:
        return BRIEF[self.mark]


@dataclass(frozen=True)
class Listing:
    """A file of code beside the trace."""

    name: str
    path: str
    lines: tuple[code.Line, ...]
    lit: int | None
    bug: Sequence[int] = ()


class Result:
    """Everything that one look at a card's runs needs; made from what was asked for."""

    def __init__(self, card: Card, visit: Visit, query: QueryDict) -> None:
        self.card, self.visit, self.query = card, visit, query
        self.cases = list(card.cases.all())
        self.versions = parts.compared(card)
        self.asked = parts.asked(self.cases)
        self.runs = Runs(card.program())

    @property
    def first_cells(self) -> list[Cell]:
        """Return the cells that a learner waits for: the card's code in the cases asked."""
        return [("buggy", case.name) for case in self.asked]

    @property
    def all_cells(self) -> list[Cell]:
        return [(version.name, case.name) for case in self.cases for version in self.versions]

    def gap(self) -> Gap:
        """Return the gap; numbers still to predict are told once the learner asks for all."""
        told = self.visit.explained or "all" in self.query
        said = self.visit.predictions
        reports, latest = self.runs.reports, self.query.getlist("said")
        return measure_gap(self.asked, said, reports, tell_all=told, latest=latest)

    def cell(self) -> Cell:
        """Return the cell asked for; failing that, the card's code in the case to talk about."""
        names = {version.name for version in self.versions}, {case.name for case in self.cases}
        version, case = self.query.get("version", "buggy"), self.query.get("case", "")
        if version in names[0] and case in names[1]:
            return version, case
        first = self.gap().headline
        return "buggy", first.case.name if first else self.asked[0].name

    def case(self, name: str) -> Case:
        return next(case for case in self.cases if case.name == name)

    def sent(self, cell: Cell) -> Sent | None:
        report = self.runs.reports.get(cell)
        return sent(self.case(cell[1]), cell[0], report) if report else None

    def trace(self, cell: Cell) -> Trace | None:
        """Return the way of a cell's run; lines are quoted only of files that may be seen."""
        if not (found := self.sent(cell)):
            return None
        return trace(found.report, found.marks, found.wanted, self.readable(cell))

    def readable(self, cell: Cell) -> dict[str, str]:
        """Return the files of a cell that the learner may read by now, by path."""
        job = self.runs.program.job(*cell)
        open_now = cell[0] == "buggy" or self.visit.explained
        files = dict(job.files) if open_now else {}
        shared = job.action == self.case(cell[1]).action
        if job.action and (open_now or shared):
            files[f"case_{cell[1]}.py"] = job.action
        return files

    def ledger(self) -> Ledger | None:
        """Return the table once every cell has run."""
        if not self.runs.has(self.all_cells):
            return None
        said = list(self.visit.predictions)
        return ledger(self.versions, self.cases, self.runs.reports, said)

    def link(self, **more: Any) -> str:
        version, case = self.cell()
        query = {"at": "why", "version": version, "case": case} | more
        if latest := self.query.getlist("said"):
            query["said"] = latest
        return f"{reverse('questions:card', args=[self.card.slug])}?{urlencode(query, doseq=True)}"


def context(result: Result) -> dict[str, Any]:
    """Return what the templates of a result need."""
    cell = result.cell()
    found = result.sent(cell)
    gap = result.gap()
    return {
        "gap": gap,
        "reason": reason(gap),
        "cell": found,
        "case": result.case(cell[1]),
        "version": parts.version(result.card, cell[0]),
        "measured": measured(found.report) if found else "",
        "trouble": result.runs.trouble,
        "busy": result.runs.busy,
        "readable": cell[0] == "buggy" or result.visit.explained,
        "ledger": None if gap.waiting else result.ledger(),
        "hints": result.card.hints[: result.visit.hints],
    } | (_way(result, cell, found) if found else {})


def _way(result: Result, cell: Cell, found: Sent) -> dict[str, Any]:
    way = result.trace(cell)
    if way is None:
        return {}
    here = way.step(_number(result.query.get("step", "")) or telling(way))
    return {
        "trace": way,
        "step": here,
        "back": result.link(step=here.n - 1) if here and here.n > 1 else "",
        "forward": result.link(step=here.n + 1) if here and here.n < len(way.steps) else "",
        "link": result.link(),
        "wide": draw(way, WIDE),
        "tall": draw(way, TALL),
        "letters": letters(found, way),
        "listings": listings(result, cell, way, here),
    } | beside(result, cell, way)


def reason(gap: Gap) -> str:
    """Return why the last email of the case to talk about was sent, if one was not wanted."""
    first = gap.headline
    if first is None or not first.sent.report.emails or first.sent.missing:
        return ""
    report = first.sent.report
    return why_sent(report, report.emails[-1])


def telling(way: Trace) -> int:
    """Return the step to begin at: where the repetition begins, or the last email, or the first."""
    again = (step.n for step in way.steps if step.again)
    sent_last = (step.n for step in reversed(way.steps) if step.email)
    return next(again, next(sent_last, 1))


def letters(found: Sent, way: Trace) -> list[Letter]:
    """Return the kept emails of a cell, each with its step and its reason."""
    steps = {step.email: step.n for step in way.steps if step.email}
    return [
        Letter(email, mark, steps.get(email.id, 0), why_sent(found.report, email))
        for email, mark in zip(found.report.emails, found.marks, strict=False)
    ]


def listings(result: Result, cell: Cell, way: Trace, here: Step | None) -> list[Listing]:
    """Return the files that the steps go through, the one with the lit line first."""
    readable = result.readable(cell)
    case_file = f"case_{cell[1]}.py"
    seen = [step.file for step in way.steps] or [case_file]
    touched = dict.fromkeys(file for file in seen if file in readable)
    marked = result.visit.explained and cell[0] == "buggy"
    order = sorted(touched, key=lambda path: here is None or path != here.file)
    return [
        Listing(
            shown_file(path),
            path,
            code.shown(readable[path], path),
            here.line if here and here.file == path else None,
            # Which lines are the bug is part of the explanation.
            result.card.bug_lines.get(path, ()) if marked else (),
        )
        for path in order
        if path
    ]


def beside(result: Result, cell: Cell, way: Trace) -> dict[str, Any]:
    """Return the chosen version's way beside another version's, and a small chart of each."""
    ways = [
        (version, other)
        for version in result.versions
        if (other := result.trace((version.name, cell[1])))
    ]
    others = [version for version, _ in ways if version.name != cell[0]]
    if not others:
        return {}
    wanted = result.query.get("beside", "")
    chosen = next((v for v in others if v.name == wanted), others[0])
    return {
        "minis": [Mini(version, draw(other, MINI), other) for version, other in ways],
        "others": others,
        "compare_open": bool(wanted),
        "beside": chosen,
        "comparison": compare(way, next(other for v, other in ways if v is chosen)),
    }


@dataclass(frozen=True)
class Mini:
    """A small chart of one version's way."""

    version: Version
    chart: Chart
    trace: Trace


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
