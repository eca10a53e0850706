"""The ledger as plain text: one row a case, one column a version, emails wanted and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sandbox.report import Report


def ledger(reports: Sequence[Report], wanted: Mapping[str, int | None]) -> str:
    """Return the table of reports; runs of one cell that differ are shown side by side."""
    cases = list(dict.fromkeys(report.case for report in reports))
    versions = list(dict.fromkeys(report.version for report in reports))
    rows = [["case", "wanted", *versions]]
    for case in cases:
        want = wanted.get(case)
        cells = [cell(_runs(reports, version, case), want) for version in versions]
        rows.append([case, "-" if want is None else str(want), *cells])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(t.ljust(w) for t, w in zip(row, widths, strict=True)) for row in rows]
    times = sorted(report.wall_ms for report in reports)
    lines.append("")
    lines.append(f"{len(reports)} runs, median {times[len(times) // 2]:.1f} ms, {_where(reports)}")
    return "\n".join(line.rstrip() for line in lines)


def cell(reports: Sequence[Report], want: int | None) -> str:
    """Return what one version did in one case: emails, whether that was wanted, what went wrong."""
    texts = dict.fromkeys(_one(report, want) for report in reports)
    return " | ".join(texts) + (" (differs!)" if len(texts) > 1 else "") if texts else "-"


def _one(report: Report, want: int | None) -> str:
    mark = "" if want is None else (" ok" if report.emails_sent == want else " not wanted")
    if report.outcome == "ok":
        return f"{report.emails_sent}{mark}"
    if report.error and report.outcome == "error":
        return f"{report.emails_sent}{mark} {report.error.phase}:{report.error.type}"
    return f"{report.emails_sent}{mark} {report.outcome}"


def _runs(reports: Sequence[Report], version: str, case: str) -> list[Report]:
    return [r for r in reports if r.version == version and r.case == case]


def _where(reports: Sequence[Report]) -> str:
    first = reports[0]
    return f"Django {first.django}, Python {first.python}, sandbox tier {first.tier}"
