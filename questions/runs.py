"""Runs of a card for its pages: really run when somebody asks, remembered for the next look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

import msgspec
from django.core.cache import cache
from django.utils import timezone

from questions import measure, own_runs
from questions.ledger import Cell
from sandbox import client
from sandbox.program import Job, Program
from sandbox.report import Report

MINE = "mine"  # The name of a learner's own version.
RUN_ID = re.compile(r"[0-9a-f]{32}")  # 128 bits of chance, from static/base.js
HOUR = 3600  # seconds that runs of a learner's own version are remembered


class Runs:
    """All runs of one program, as jobs; `trouble` says in words why some could not be run.

    What the card's own versions did is kept for good (see measure); what a learner's version
    did is remembered for an hour and is never a measurement.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.reports: dict[Cell, Report] = {}
        self.trouble = ""
        self.busy = False

    def run(self, cells: Iterable[Cell], *, who: str = "", run_id: str = "") -> None:
        """Run these cells now, whatever is remembered, and remember what they did.

        `who` names, opaquely, the learner whose own code this is: each has a share of the queue.
        `run_id` is what the stop button sends.
        """
        jobs = self._jobs(cells)
        own = all(version == MINE for version, _ in jobs)
        run_all = own_runs.run_all if own else client.run_all
        try:
            reports = run_all(jobs.values(), who=who, run_id=known(run_id))
            for cell, report in zip(jobs, reports, strict=True):
                if own_runs.is_stopped(report):
                    self.trouble = "It was stopped before it was done."
                else:
                    self.reports[cell] = report
        except client.Busy as error:
            self.busy, self.trouble = True, str(error)
        except client.Unavailable as error:
            self.trouble = str(error)
        measure.keep(self.reports[cell] for cell in jobs if self._is_measured(cell))
        mine = {_key(jobs[cell]): msgspec.json.encode(self.reports[cell])
                for cell in jobs if cell[0] == MINE and cell in self.reports}  # fmt: skip
        cache.set_many(mine, HOUR)

    def recall(self, cells: Iterable[Cell]) -> None:
        """Take what is remembered of these cells; runs nothing."""
        jobs = self._jobs(cell for cell in cells if cell not in self.reports)
        kept = measure.kept(job for cell, job in jobs.items() if cell[0] != MINE)
        mine = cache.get_many([_key(job) for cell, job in jobs.items() if cell[0] == MINE])
        for cell, job in jobs.items():
            if cell[0] != MINE and job.digest in kept:
                self.reports[cell] = measure.named(kept[job.digest], job)
            elif body := mine.get(_key(job)):
                self.reports[cell] = msgspec.json.decode(body, type=Report)

    def fetch(self, cells: Iterable[Cell]) -> None:
        """Take what is remembered and run the rest."""
        cells = list(cells)
        self.recall(cells)
        if missing := [cell for cell in cells if cell not in self.reports]:
            self.run(missing)

    def has(self, cells: Iterable[Cell]) -> bool:
        return all(cell in self.reports for cell in cells)

    def _jobs(self, cells: Iterable[Cell]) -> dict[Cell, Job]:
        return {cell: self.program.job(*cell) for cell in dict.fromkeys(cells)}

    def _is_measured(self, cell: Cell) -> bool:
        return cell[0] != MINE and cell in self.reports


def stop(run_id: str) -> None:
    """End the run with this id, wherever it is in the queue; an unknown one is nothing."""
    if known(run_id):
        client.stop(run_id)


def known(run_id: str) -> str:
    """Return the id of a run as a page made it; anything else is no id."""
    return run_id if RUN_ID.fullmatch(run_id) else ""


def _key(job: Job) -> str:
    # Two cases with the same lines do the same, but say so of files with other names.
    return f"mine:{job.digest}:{job.case}:{client.fingerprint()}"


def measured(report: Report) -> str:
    """Return when a report was measured, true however long the page stands: "at 11:46"."""
    try:
        then = timezone.localtime(datetime.fromisoformat(report.measured_at))
    except ValueError:
        return "at an unknown time"
    if then.date() == timezone.localdate():
        return f"at {then:%H:%M}"
    return f"on {then.day} {then:%B %Y}"
