"""Reports of a card's own, unedited versions: measured here, kept by content hash.

Nothing that a learner's edited run says comes here: jobs are made of the card's rows alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from questions.card_data import CardData
from questions.models import Card, MeasuredReport
from sandbox import client
from sandbox.program import Job
from sandbox.report import Report

Cell = tuple[str, str]
# A run that met a limit may do better on an idle machine; it is never kept.
KEPT = ("ok", "error")
_decoder = msgspec.json.Decoder(Report)


def measure(
    card: Card | CardData,
    versions: Collection[str] | None = None,
    cases: Collection[str] | None = None,
    *,
    fresh: bool = False,
) -> dict[Cell, Report]:
    """Return the reports of the card's versions in its cases by (version, case).

    Kept reports are used and say when they were measured, unless `fresh`; the others are run.
    Raise sandbox.client.Unavailable or Busy when something has to run and cannot.
    """
    jobs = jobs_of(card, versions, cases)
    found = {} if fresh else kept(jobs.values())
    missing = {cell: job for cell, job in jobs.items() if job.digest not in found}
    reports = dict(zip(missing, run(missing.values()), strict=True)) if missing else {}
    return {
        cell: reports[cell] if cell in reports else named(found[job.digest], job)
        for cell, job in jobs.items()
    }


def jobs_of(
    card: Card | CardData,
    versions: Collection[str] | None = None,
    cases: Collection[str] | None = None,
) -> dict[Cell, Job]:
    """Return the jobs of the named versions and cases (None: all) by (version, case)."""
    data = card if isinstance(card, CardData) else card.data()
    program = data.program()
    return {
        (version.name, case.name): program.job(version.name, case.name)
        for case in data.cases
        if cases is None or case.name in cases
        for version in data.versions
        if versions is None or version.name in versions
    }


def run(jobs: Iterable[Job]) -> Iterator[Report]:
    """Run jobs made of card rows, keep their reports, and give them in order."""
    reports = list(client.run_all(jobs))
    keep(reports)
    yield from reports


def keep(reports: Iterable[Report]) -> None:
    """Keep reports of unedited versions; a later one replaces an earlier one of equal content."""
    rows = {
        report.digest: MeasuredReport(
            digest=report.digest,
            engine=client.fingerprint(),
            report=msgspec.json.encode(report).decode(),
        )
        for report in reports
        if report.outcome in KEPT
    }
    MeasuredReport.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["digest", "engine"],
        update_fields=["report", "measured_at"],
    )


def kept(jobs: Iterable[Job]) -> dict[str, Report]:
    """Return the kept reports of these jobs by digest; those of other engines do not count."""
    digests = {job.digest for job in jobs}
    rows = MeasuredReport.objects.filter(digest__in=digests, engine=client.fingerprint())
    found = {}
    for row in rows:
        try:
            found[row.digest] = _decoder.decode(row.report)
        except msgspec.MsgspecError:
            continue  # of an older shape: it is measured again
    return found


def named(report: Report, job: Job) -> Report:
    """Return a kept report under the names of this job: equal content may have other names."""
    return msgspec.structs.replace(
        report, program=job.program, version=job.version, case=job.case, cached=True
    )
