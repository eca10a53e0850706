"""Shared runs: a text run once more, by us, and kept as it was."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from django.db import IntegrityError, transaction

from questions import ledger
from questions.fix import letters
from questions.models import Card, Case, Version
from questions.playground import Draft, DraftCase
from questions.runs import MINE
from questions.trace import Trace, trace
from sandbox import client
from sandbox.program import Job
from sandbox.report import Email, Report
from tutor.facts import Facts
from tutor.models import Learner, SharedRun
from tutor.trial import WANTED, NotNow, program

LIMIT_FILE, LIMIT_ALL = 64 * 1024, 256 * 1024  # bytes, as in the sandbox
EVENTS, TEXT = 300, 4096  # of each report; more is cut, and the report says so
MOST = 200  # runs of one learner


class TooMuch(Exception):
    """What was sent is more than is kept; the text is for the learner."""


def share_fix(learner: Learner, card: Card, files: dict[str, str]) -> SharedRun:
    """Run a learner's own files of a card in all of its cases and keep that.

    The same text again is the same run. Raise NotNow when nothing can run, TooMuch when it is
    more than is kept.
    """
    buggy = card.versions.get(kind=Version.Kind.BUGGY)
    facts = Facts(card)
    if not facts.measured(buggy):
        raise NotNow("No case of this card is measured yet. Nothing was shared; your text is kept.")
    known = program(facts, buggy)
    base = msgspec.structs.replace(msgspec.convert(known["job"], Job), version="mine", files=files)
    jobs = [
        msgspec.structs.replace(base, case=case["name"], action=case["action"])
        for case in known["cases"]
    ]
    run = SharedRun(
        card=card,
        title=card.title,
        files=_own(files),
        setup=card.setup,
        project=card.project,
        cases=known["cases"],
    )
    return _share(learner, run, jobs)


def share_scratch(learner: Learner, draft: Draft) -> SharedRun:
    """Run what is in the playground and keep that; as share_fix."""
    runs = draft.runs().program
    run = SharedRun(
        title="A run in the playground",
        files=_own(draft.files),
        setup=draft.setup,
        project=draft.project,
        cases=[
            {
                "name": case.name,
                "title": case.title,
                "action": runs.cases[case.name],
                **{field: getattr(case, field) for field in WANTED},
            }
            for case in draft.shown_cases()
        ],
    )
    return _share(learner, run, [runs.job(MINE, case["name"]) for case in run.cases])


def scratch_of(run: SharedRun) -> Draft:
    """Return a shared run of the playground as something to go on from there."""
    cases = [DraftCase(each["title"], each["action"] or "", each["wanted"]) for each in run.cases]
    return Draft(run.files, run.setup, cases, run.project)


def _share(learner: Learner, run: SharedRun, jobs: list[Job]) -> SharedRun:
    """Run the jobs and save what they did with the run, unless it is there already."""
    wanted = [[case[field] for field in WANTED] for case in run.cases]
    parts = [[job.digest for job in jobs], wanted, client.fingerprint()]
    run.digest = hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
    if there := learner.shared_runs.filter(digest=run.digest).first():
        return there
    _check(learner, run.files)
    try:
        reports = list(client.run_all(jobs, who=str(learner.pk)))
    except (client.Unavailable, client.Busy) as reason:
        raise NotNow(f"{reason} Nothing was shared; your text is kept.") from reason
    run.learner = learner
    run.reports = [cut(report) for report in reports]
    run.django, run.python = (reports[0].django, reports[0].python) if reports else ("", "")
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError:
        return learner.shared_runs.get(digest=run.digest)  # the other click was faster
    return run


def _own(files: dict[str, str]) -> dict[str, str]:
    """Return the files to show and to fork: no cases, no empty ones."""
    kept = {path: text for path, text in files.items() if text.strip()}
    return {path: text for path, text in kept.items() if not path.startswith("case_")}


def _check(learner: Learner, texts: dict[str, str]) -> None:
    sizes = [len(text.encode()) for text in texts.values()]
    if any(size > LIMIT_FILE for size in sizes) or sum(sizes) > LIMIT_ALL:
        raise TooMuch("A file may have 64 KiB, all of them together 256 KiB.")
    if learner.shared_runs.count() >= MOST:
        raise TooMuch(f"You have shared {MOST} runs. Delete one of them first.")


def cut(report: Report) -> dict[str, Any]:
    """Return a report as plain data, without what no page shows."""
    small = msgspec.structs.replace(
        report,
        events=report.events[:EVENTS],
        events_cut=report.events_cut or len(report.events) > EVENTS,
        stdout=report.stdout[:TEXT],
        stderr=report.stderr[:TEXT],
        stdout_cut=report.stdout_cut or len(report.stdout) > TEXT,
        stderr_cut=report.stderr_cut or len(report.stderr) > TEXT,
    )
    data: dict[str, Any] = msgspec.to_builtins(small)
    return data


class Told(msgspec.Struct):
    """One case of a shared run as its page shows it."""

    case: Case
    sent: ledger.Sent
    way: Trace
    letters: list[tuple[Email, str, str]]


def told(run: SharedRun) -> list[Told]:
    """Return every case with what it sent; one whose report is of another shape is left out."""
    shown = []
    for wanted, data in zip(run.cases, run.reports, strict=False):
        try:
            report = msgspec.convert(data, Report)
        except msgspec.ValidationError:
            continue
        known = {field: wanted[field] for field in WANTED}
        action = wanted["action"] or ""
        case = Case(name=wanted["name"], title=wanted["title"], action=action, **known)
        sent = ledger.sent(case, report.version, report)
        sources = {**run.files, f"case_{case.name}.py": action}
        way = trace(report, sent.marks, case.wanted, sources)
        shown.append(Told(case, sent, way, letters(sent)))
    return shown
