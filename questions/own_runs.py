"""A learner's own version in all its cases: one that cannot even be loaded in time is not run on.

A report of a time limit does not know how far the run came. So where two cases in a row end by
one, the version is run once with a case of nothing: if that does not end either, no case can.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sandbox import client
from sandbox.program import Job
from sandbox.report import Error, Report

STUCK = "It does not get as far as a case in time: two were tried, and the code without any."
NOT_RUN = "not run: the two before did not end"


def run_all(jobs: Iterable[Job], *, who: str = "", run_id: str = "") -> list[Report]:
    """Return a report for each job of one version; see is_left_out. Raise as client.run_all."""
    jobs = list(jobs)
    done = _until_two_ended(jobs, who, run_id)
    rest = jobs[len(done) :]
    if not rest:
        return done
    nothing = msgspec.structs.replace(rest[0], case="nothing", action="")
    [loaded] = client.run_all([nothing], who=who, run_id=run_id)
    if _ended(loaded):
        return done + [_left_out(job, loaded) for job in rest]
    return done + list(client.run_all(rest, who=who, run_id=run_id))


def is_stopped(report: Report) -> bool:
    """Return whether somebody stopped the run: that says nothing about its code."""
    ended = report.outcome == "time_limit" and report.error
    return bool(ended and ended.type == "Stopped")


def is_left_out(report: Report) -> bool:
    """Return whether this stands in the place of a run that there was none of."""
    refused = report.outcome == "refused" and report.error
    return bool(refused and refused.type == "NotRun")


def _until_two_ended(jobs: list[Job], who: str, run_id: str) -> list[Report]:
    done: list[Report] = []
    for report in client.run_all(jobs, who=who, run_id=run_id):
        done.append(report)
        if len(done) > 1 and all(map(_ended, done[-2:])):
            break  # the line closes, which ends what is under way
    return done


def _ended(report: Report) -> bool:
    return report.outcome == "time_limit" and not is_stopped(report)


def _left_out(job: Job, like: Report) -> Report:
    return msgspec.structs.replace(
        like,
        case=job.case,
        digest=job.digest,
        outcome="refused",
        error=Error("process", "NotRun", STUCK),
        wall_ms=0.0,
        cpu_ms=0.0,
    )
