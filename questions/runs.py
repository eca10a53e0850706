"""Runs of a card for its pages: really run when somebody asks, remembered for the next look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import django
import msgspec
from django.core.cache import cache

from questions.ledger import Cell
from questions.models import Card
from sandbox import client
from sandbox.program import Job
from sandbox.report import Report

KEPT = 30 * 24 * 3600  # seconds; the key holds all that decides a run, so it never goes stale


class Runs:
    """All runs of one card, as jobs; `trouble` says in words why some could not be run."""

    def __init__(self, card: Card) -> None:
        self.program = card.program()
        self.reports: dict[Cell, Report] = {}
        self.trouble = ""
        self.busy = False

    def run(self, cells: Iterable[Cell], *, who: str = "") -> None:
        """Run these cells now, whatever is remembered, and remember what they did.

        `who` names, opaquely, the learner whose own code this is: each has a share of the queue.
        """
        cells = list(dict.fromkeys(cells))
        jobs = [self.program.job(version, case) for version, case in cells]
        try:
            for cell, report in zip(cells, client.run_all(jobs, who=who), strict=True):
                self.reports[cell] = report
        except client.Busy as error:
            self.busy, self.trouble = True, str(error)
        except client.Unavailable as error:
            self.trouble = str(error)
        kept = {key(self.program.job(*cell)): r for cell, r in self._worth_keeping()}
        cache.set_many(kept, KEPT)

    def recall(self, cells: Iterable[Cell]) -> None:
        """Take what is remembered of these cells; runs nothing."""
        wanted = {key(self.program.job(*cell)): cell for cell in cells if cell not in self.reports}
        for found, body in cache.get_many(wanted).items():
            self.reports[wanted[found]] = msgspec.msgpack.decode(body, type=Report)

    def fetch(self, cells: Iterable[Cell]) -> None:
        """Take what is remembered and run the rest."""
        cells = list(cells)
        self.recall(cells)
        if missing := [cell for cell in cells if cell not in self.reports]:
            self.run(missing)

    def has(self, cells: Iterable[Cell]) -> bool:
        return all(cell in self.reports for cell in cells)

    def _worth_keeping(self) -> Iterator[tuple[Cell, bytes]]:
        # A crash or a refusal may be this machine's fault: the next look tries again.
        for cell, report in self.reports.items():
            if report.outcome in ("ok", "error"):
                yield cell, msgspec.msgpack.encode(report)


def key(job: Job) -> str:
    """Return the key of a job's report: content and the version of Django."""
    return f"report:{job.digest}:{django.get_version()}"


def measured(report: Report) -> str:
    """Return when a report was measured: "just now", "5 minutes ago", "on 22 November 2026"."""
    try:
        then = datetime.fromisoformat(report.measured_at)
    except ValueError:
        return "at an unknown time"
    seconds = (datetime.now(UTC) - then.astimezone(UTC)).total_seconds()
    if seconds < 90:
        return "just now"
    if seconds < 3600:
        return f"{round(seconds / 60)} minutes ago"
    return f"on {then.day} {then:%B %Y}"
