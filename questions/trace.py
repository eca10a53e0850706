"""The way of a run: what a report's events say, as steps on lanes. Chart and list draw these.

A step is an event worth reading, in plain words. Lanes are the distinct places, in the order
first met; the outbox is last. Transactions show only where they decide what is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questions.events import Tree, place_of_case
from questions.say import BRIEF, Lane, Words, lane_of, say
from sandbox.report import Event, Report

STEPS = 80  # A longer way is cut, and the page says so.
OUTBOX = Lane("outbox", "outbox", "")
ENDINGS = ("commit", "rollback", "savepoint")


@dataclass(frozen=True)
class Step:
    """One step: where it is, what it says, which step it follows from.

    `n` counts from 1, `cause` is the number of the step inside which it happened (0: none).
    `file` and `line` name the line that is lit. `again` is true for what a repetition caused
    that sent more than was wanted, `idle` for a receiver that did nothing. `word` is the verdict
    on an email, in short.
    """

    n: int
    cause: int
    depth: int
    lane: Lane
    words: Words
    file: str | None
    line: int | None
    email: int = 0
    extra: bool = False
    word: str = ""
    again: bool = False
    idle: bool = False
    event: int = 0

    @property
    def where(self) -> str:
        if self.file is None or self.line is None:
            return ""
        return f"{shown_file(self.file)}:{self.line}"

    @property
    def d(self) -> int:
        """Return the depth, at most as deep as the style sheet goes."""
        return min(self.depth, 7)


@dataclass(frozen=True)
class Trace:
    """The steps of one run and the lanes they stand on; `left_out` steps are not among them."""

    version: str
    case: str
    steps: tuple[Step, ...]
    lanes: tuple[Lane, ...]
    emails: int
    wanted: int
    left_out: int = 0

    @property
    def reaches(self) -> str:
        """Return how often the way reaches the outbox, in words."""
        if not self.emails:
            return "never reaches the outbox"
        often = {1: "once", 2: "twice"}.get(self.emails, f"{self.emails} times")
        return f"reaches the outbox {often}"

    def step(self, n: int) -> Step | None:
        """Return the step of this number, the nearest one if there is none; None when empty."""
        return self.steps[min(max(n, 1), len(self.steps)) - 1] if self.steps else None

    @property
    def story(self) -> str:
        """Return all steps in one text, for those who do not see the chart."""
        return ". ".join(f"{step.n}: {step.words.text}" for step in self.steps)


def shown_file(path: str) -> str:
    """Return the name a learner knows: a pasted snippet is shown as models.py."""
    return "models.py" if path == "snippet.py" else path


def trace(
    report: Report, marks: Sequence[str], wanted: int, sources: Mapping[str, str] | None = None
) -> Trace:
    """Return the way of a run. `marks` has a word an email (see ledger.marks).

    `sources` are the texts that may be quoted: {file: source}.
    """
    building = Building(report, marks, wanted, sources or {})
    building.walk()
    return building.done()


class Building:
    """Makes the steps of one report, cause before effect, in the order of events."""

    def __init__(
        self, report: Report, marks: Sequence[str], wanted: int, sources: Mapping[str, str]
    ) -> None:
        self.report, self.wanted, self.sources = report, wanted, sources
        self.tree = Tree(report.events)
        self.emails = {email.event: email for email in report.emails if email.event}
        self.marks = {e.event: mark for e, mark in zip(report.emails, marks, strict=False)}
        self.again = self.tree.repeated(
            [e for e, mark in self.marks.items() if mark == "extra" and e],
            [e for e, mark in self.marks.items() if mark != "extra" and e],
        )
        self.steps: list[Step] = []
        self.number: dict[int, int] = {}
        self.visits: dict[str, int] = {}
        self.case: tuple[tuple[str, int], int] | None = None

    def walk(self) -> None:
        """Make a step of every event that is kept, and of the error that ended the run."""
        for event in self.tree.kept:
            cause = self.tree.cause(event)
            alone = event.kind in ENDINGS  # Ends a block of the case rather than being called.
            parent = self.number[cause.id] if cause else 0 if alone else self._case_step(event)
            self.number[event.id] = self._event_step(event, parent)
        if self.report.error:
            self._error_step()

    def done(self) -> Trace:
        """Return what was made, cut where it is too long to read."""
        shown = tuple(self.steps[:STEPS])
        lanes = list(dict.fromkeys(s.lane for s in shown if s.lane.key != OUTBOX.key))
        emails = "email" if self.wanted == 1 else "emails"
        outbox = Lane("outbox", "outbox", f"{self.wanted} {emails} wanted")
        return Trace(
            version=self.report.version,
            case=self.report.case,
            steps=shown,
            lanes=(*lanes, outbox),
            emails=self.report.emails_sent,
            wanted=self.wanted,
            left_out=len(self.steps) - len(shown),
        )

    def _case_step(self, event: Event) -> int:
        """Return the step of the case's line that led to this event; make it when it is new."""
        place = place_of_case(event)
        if self.case and place == self.case[0]:
            return self.case[1]
        file, line = place or (None, None)
        source = self._source(file, line)
        words = Words("", "the case calls" if source else "the case runs", source)
        lane = Lane("case", "the case", shown_file(file) if file else "")
        n = self._add(0, 0, lane, words, file, line)
        if place:
            self.case = place, n
        return n

    def _event_step(self, event: Event, parent: int) -> int:
        lane, nth = lane_of(event), 0
        if event.kind != "email":
            nth = self.visits[lane.key] = self.visits.get(lane.key, 0) + 1
        email = self.emails.get(event.id)
        mark = self.marks.get(event.id, "wanted")
        idle = event.kind == "receiver" and not self.tree.children(event)
        return self._add(
            parent,
            self.steps[parent - 1].depth + 1 if parent else 0,
            lane,
            say(event, self.tree, nth=nth, idle=idle, email=email, mark=mark),
            event.file,
            event.line,
            email=email.id if email else 0,
            extra=bool(email) and mark != "wanted",
            word=BRIEF[mark] if email else "",
            again=event.id in self.again and not idle,
            idle=idle,
            event=event.id,
        )

    def _error_step(self) -> None:
        error = self.report.error
        if error is None:
            return
        starting = self.report.outcome == "error" and error.phase != "case"
        lane = Lane("start", "start-up", "Django") if starting else Lane("case", "the case", "")
        lane = next((step.lane for step in self.steps if step.lane.key == lane.key), lane)
        ended = "ends setup.py" if error.phase == "setup" else "stops the start"
        own = (error.file or "").startswith("case_")
        rest = "ends the case" if own else "reaches the case"
        if starting:
            rest = f"{ended}: the case never runs"
        if self.report.outcome != "error":
            rest = "ends the run"
        self._add(0, 0, lane, Words(error.type, rest, ""), error.file, error.line)

    def _add(self, cause: int, depth: int, lane: Lane, words: Words, file: str | None,
             line: int | None, **more: object) -> int:  # fmt: skip
        n = len(self.steps) + 1
        self.steps.append(Step(n, cause, depth, lane, words, file, line, **more))  # type: ignore[arg-type]
        return n

    def _source(self, file: str | None, line: int | None) -> str:
        if file is None or line is None:
            return ""
        lines = self.sources.get(file, "").splitlines()
        return lines[line - 1].strip() if 0 < line <= len(lines) else ""
