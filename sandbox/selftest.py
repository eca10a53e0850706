"""The self-test: attacks on our own sealing, sent as jobs, and what their reports show."""

from __future__ import annotations

from pathlib import Path

import msgspec

from sandbox import probes
from sandbox.probes import FATAL, QUICK
from sandbox.program import Job
from sandbox.report import Report

__all__ = ["FATAL", "QUICK", "Held", "held", "job"]


class Held(msgspec.Struct):
    """One probe: whether it was held, and what it reached if not; where nothing may run here
    but what comes with the site, it was not tried."""

    probe: str
    held: bool
    reached: str = ""
    tried: bool = True


def job(name: str) -> Job:
    """Return the job of one probe: a program like any other, that attacks."""
    return Job(
        program="selftest",
        version="probe",
        case=name,
        files={"models.py": "", "probes.py": Path(probes.__file__).read_text()},
        action=f"from cardapp import probes\nRESULT = probes.one({name!r})\n",
    )


def held(report: Report) -> Held:
    """Return what a probe's report shows."""
    name = report.case
    if report.outcome == "refused":
        return Held(name, False, "not tried: it is refused here", tried=False)
    if name in FATAL:
        wanted = FATAL[name][1]
        reached = str(report.result or f"the run ended as {report.outcome}, not {wanted}")
        return Held(name, report.outcome == wanted, "" if report.outcome == wanted else reached)
    if report.outcome != "ok":
        return Held(name, False, report.error.message if report.error else report.outcome)
    return Held(name, not report.result, str(report.result or ""))
