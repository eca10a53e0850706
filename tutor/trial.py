"""Run a learner's own text in every case of a card, and say what it did beside what is wanted.

What comes of it is shown to that learner, and to instructors as what was tried. It is never a key
and never a statistic of what is true of the card.
"""

from __future__ import annotations

from typing import Any

import msgspec

from questions import gone, ledger, own_runs, runs
from questions.measured import error_of
from questions.models import Case, Version
from sandbox import client
from sandbox.program import Job
from sandbox.report import Error, Report
from tutor.facts import Facts

Json = dict[str, Any]
WANTED = ("wanted", "wanted_to", "wanted_subjects", "wanted_result")


class NotNow(Exception):
    """Nothing ran, or it was stopped; the text is for the learner. No attempt is lost."""


def program(facts: Facts, version: Version) -> Json:
    """Return what is needed to run another text in this version's place, as it is now."""
    jobs = facts.card.program()
    cases = facts.measured(version)
    return {
        "job": msgspec.to_builtins(jobs.job(version.name, cases[0].name)),
        "cases": [
            {
                "name": case.name,
                "title": case.title,
                "action": jobs.job(version.name, case.name).action,
                **{field: getattr(case, field) for field in WANTED},
            }
            for case in cases
        ],
    }


def run(program: Json, files: dict[str, str], who: str, run_id: str = "") -> list[Json]:
    """Return for each case [{name, title, wanted, emails, error, hint, ok, words}]; raise NotNow.

    `files` replace those of the same names; `who` is the learner's opaque name, `run_id` what
    the stop button sends.
    """
    base = msgspec.convert(program["job"], Job)
    mine = {**base.files, **files}
    jobs = [
        msgspec.structs.replace(
            base, version="mine", case=case["name"], action=case["action"], files=mine
        )
        for case in program["cases"]
    ]
    try:
        reports = own_runs.run_all(jobs, who=who, run_id=runs.known(run_id))
    except (client.Unavailable, client.Busy) as reason:
        raise NotNow(f"{reason} Your text is kept.") from reason
    if any(map(own_runs.is_stopped, reports)):
        raise NotNow("Stopped. Nothing is graded, and what you wrote is kept.")
    for report in reports:
        if report.outcome == "refused" and not own_runs.is_left_out(report):
            why = report.error.message if report.error else "It was refused."
            raise NotNow(f"This machine does not run your code: {why} Your text is kept.")
    hints = [
        gone.hint(report.error, base.files, mine, job.action)
        for job, report in zip(jobs, reports, strict=True)
    ]
    return [
        {**_told(case, report), "hint": hint}
        for case, report, hint in zip(program["cases"], reports, hints, strict=True)
    ]


def _told(wanted: Json, report: Report) -> Json:
    case = Case(name=wanted["name"], title=wanted["title"], **{f: wanted[f] for f in WANTED})
    sent = ledger.sent(case, report.version, report)
    left_out = own_runs.is_left_out(report)
    error = None if left_out else report.error
    return {
        "name": case.name,
        "title": case.title,
        "wanted": case.wanted,
        "emails": report.emails_sent,
        "error": error_of(report),
        "message": _message(error),
        # How far a run came that took too long is not known.
        "starts": not error or error.phase in ("case", "setup") or report.outcome == "time_limit",
        "left_out": left_out,
        "ok": sent.ok,
        "words": sent.words,
    }


def _message(error: Error | None) -> str:
    """Return "TypeError: …, in models.py, line 4"; paths inside the sandbox say nothing."""
    if error is None:
        return ""
    text = (
        f"{error.type}: {error.message}"[:300]
        .replace("/job/", "")
        .replace("snippet.py", "models.py")
    )
    if not error.file or not error.line or f"line {error.line}" in text:
        return text
    return (
        f"{text.rstrip('.')}, in {error.file.replace('snippet.py', 'models.py')}, line {error.line}"
    )


def says(told: list[Json], most: int = 3) -> list[str]:
    """Return in words where a text does not do what is wanted, the first few cases."""
    broken = next((each for each in told if not each["starts"]), None)
    if broken:
        return [f"It does not start: {broken['message']}."]
    missed = [each for each in told if not each["ok"] and not each["left_out"]]
    stuck = [own_runs.STUCK] if any(each["left_out"] for each in told) else []
    return stuck + [
        f"“{each['title']}”: it sends {each['emails']}, wanted is {each['wanted']} "
        f"({each['message'] or each['words']}). {each['hint'].replace('`', '')}".rstrip()
        for each in missed[:most]
    ]


def behaves_like(told: list[Json], known: list[Json]) -> str:
    """Return the title of the known version that did the same in every case; empty if none.

    `known` is [{title, cells: {case: [emails, error]}}], measured.
    """
    mine = {each["name"]: [each["emails"], each["error"]] for each in told}
    return next((each["title"] for each in known if each["cells"] == mine), "")


def cells(facts: Facts, version: Version) -> dict[str, list[Any]]:
    """Return what was measured of a version, {case: [emails, error]}."""
    claims = (
        (case.name, facts.claims[version.name, case.name]) for case in facts.measured(version)
    )
    return {name: [claim.emails, claim.error] for name, claim in claims}
