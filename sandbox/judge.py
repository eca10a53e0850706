"""Make a report of what the parent saw and what the child claims; never raise for either.

The child's bytes are a claim: read under a cap, decoded strictly, and believed only about
itself. What the parent measured decides the outcome.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from signal import SIGKILL, SIGXCPU, strsignal
from typing import Any, Literal

import msgspec

from sandbox import wire
from sandbox.limits import KIB, limit
from sandbox.program import Job
from sandbox.report import SCHEMA, Count, Email, Error, Event, Outcome, Report

DEPTH = 50  # of a case's RESULT; deeper is no result anybody reads
ESCAPED = 4  # most bytes of JSON for one character of output, whose controls are gone
FIXED = 4 * KIB  # what the parent adds to a report, beside the output
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])")


class Told(msgspec.Struct, forbid_unknown_fields=True):
    """Everything of a report that only the child knows."""

    error: Error | None
    emails: list[Email]
    emails_sent: Count
    recipients: Count
    events: list[Event]
    queries: Count
    rows: dict[str, Count | str]
    result: Any
    completed_imports: list[str]
    events_cut: bool = False
    emails_cut: bool = False


_decoder = msgspec.json.Decoder(Told)

WORDS: dict[str, tuple[Outcome, str]] = {
    "wall": ("time_limit", "Ended: it took longer than it may."),
    "cpu": ("time_limit", f"Ended after {limit('cpu')} s of computing."),
    "flood": ("output_limit", f"Ended after writing more than {limit('flood') >> 20} MiB."),
    "memory": ("memory_limit", f"Used more than {limit('memory')} MiB of memory."),
    "stopped": ("time_limit", "Stopped."),
    "refused": ("refused", "This program may not run here."),
}

# RLIMIT_CPU counts whole ticks of the clock, rusage the time itself: beside other work a run was
# ended at 2.7 s of 3.
COUNTED = 0.6

# As the oracle names them, and where it has no name, as plain as its own.
NAMES = {
    "stopped": "Stopped",
    "refused": "Refused",
    "flood": "OutputLimit",
    "memory": "MemoryError",
}


def judge(job: Job, ran: wire.Ran, django: str, python: str) -> Report:
    """Return the report of one run, whatever came of it."""
    told, wrong = None, ran.why
    cause = ran.cause
    if cause == "report":
        told, wrong = _decode(ran.payload)
        cause = "report" if told else "forged"
    elif cause == "died":
        cause, wrong = _cause_of_death(ran)
    stdout, stderr = clean(ran.stdout), clean(ran.stderr)
    outcome, error = _outcome(cause, told, wrong, ran)
    if told is None:
        told = Told(None, [], 0, 0, [], 0, {}, None, [])
    report = Report(
        schema=SCHEMA,
        program=job.program,
        digest=job.digest,
        version=job.version,
        case=job.case,
        outcome=outcome,
        error=error,
        emails=told.emails,
        emails_sent=told.emails_sent,
        recipients=told.recipients,
        events=told.events,
        queries=told.queries,
        rows=told.rows,
        result=told.result,
        stdout=stdout,
        stderr=stderr,
        completed_imports=told.completed_imports,
        django=django,
        python=python,
        tier=_tier(ran.tier),
        wall_ms=round(ran.wall_ms, 3),
        cpu_ms=round(max(ran.cpu_ms, 0.0), 3),
        peak_rss_mb=round(ran.peak_rss_mb, 1),
        measured_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        cached=False,
        stdout_cut=ran.stdout_cut,
        stderr_cut=ran.stderr_cut,
        events_cut=told.events_cut,
        emails_cut=told.emails_cut,
    )
    if len(ran.payload) + ESCAPED * (len(stdout) + len(stderr)) > limit("report") - FIXED:
        _fit(report)
    return report


def _fit(report: Report) -> None:
    """Cut the output of a report that is too long with it, each stream to half of the room."""
    streams = report.stdout, report.stderr
    report.stdout = report.stderr = ""
    room = limit("report") - len(msgspec.json.encode(report))
    report.stdout, report.stderr = (_cut(text, room // 2) for text in streams)
    report.stdout_cut |= len(report.stdout) < len(streams[0])
    report.stderr_cut |= len(report.stderr) < len(streams[1])


def _cut(text: str, most: int) -> str:
    """Return as much of a text as has room in so many bytes of JSON."""
    while (size := len(msgspec.json.encode(text))) > max(most, 2):
        text = text[: len(text) * most // size]
    return text


def clean(raw: bytes) -> str:
    """Return output as text: undecodable bytes replaced, terminal codes and controls removed."""
    return _plain(raw.decode("utf-8", "replace").replace("\r\n", "\n"))


def _plain(text: str) -> str:
    return _CONTROLS.sub("", _ESCAPES.sub("", text))


def _outcome(
    cause: str, told: Told | None, wrong: str, ran: wire.Ran
) -> tuple[Outcome, Error | None]:
    if told is not None:
        if told.error and told.error.type == "MemoryError":
            return "memory_limit", told.error
        if ran.stdout_cut or ran.stderr_cut:
            return "output_limit", told.error
        if told.error:
            return ("crashed" if told.error.phase == "process" else "error"), told.error
        return "ok", None
    if cause in WORDS:
        outcome, words = WORDS[cause]
        name = NAMES.get(cause, "Timeout")
        if cause == "wall":
            words = f"Ended after {ran.wall_ms / 1000:.1f} s."
        return outcome, Error("process", name, wrong or words)
    return "crashed", Error("process", "Crash", wrong or "The run ended without a report.")


def _cause_of_death(ran: wire.Ran) -> tuple[str, str]:
    """Return why a child is dead that nobody ended: from its rusage first, then its signal."""
    signal = ran.status & 0x7F or max(0, (ran.status >> 8) - 128)
    if signal in (SIGKILL, SIGXCPU) and ran.cpu_ms >= limit("cpu") * 1000 * COUNTED:
        return "cpu", ""
    if ran.peak_rss_mb >= limit("memory") * 0.9:
        return "memory", ""
    if signal == SIGKILL:
        return "died", "It closed its report's pipe, or the machine had no memory left for it."
    if signal:
        return "died", f"The process was ended by signal {signal} ({strsignal(signal)})."
    return "died", f"The process ended itself (status {ran.status >> 8}) without a report."


def _decode(payload: bytes) -> tuple[Told | None, str]:
    try:
        told = _decoder.decode(payload)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, ValueError) as error:
        return None, f"The run gave a report that cannot be read: {error}"
    if not _is_shallow(told.result, DEPTH) or not _adds_up(told):
        return None, "The run gave a report that contradicts itself."
    if told.error:  # these are printed to terminals
        told.error.type = " ".join(_plain(told.error.type).split())
        told.error.message = _plain(told.error.message)
    return told, ""


def _is_shallow(value: Any, depth: int) -> bool:
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return True
    return depth > 0 and all(_is_shallow(each, depth - 1) for each in value)


def _adds_up(told: Told) -> bool:
    ids = [event.id for event in told.events]
    known = set(ids)
    return (
        ids == sorted(known)
        and len(ids) <= limit("events") + limit("emails") * 20
        and all(map(_follows, told.events))
        and len(told.emails) <= limit("emails")
        and (told.events_cut or _causes(told) <= known)
        and told.emails_sent >= len(told.emails)
        and (told.emails_cut or told.emails_sent == len(told.emails))
    )


def _follows(event: Event) -> bool:
    """Whether an event comes after what led to it: who walks from effect to cause must arrive."""
    return max(event.cause or 0, event.detail.get("registered", 0)) < event.id


def _causes(told: Told) -> set[int]:
    causes = {event.cause for event in told.events} | {email.event for email in told.emails}
    return {cause for cause in causes if cause is not None}


def _tier(tier: str) -> Literal["full", "no-namespaces", "shipped-only"]:
    return msgspec.convert(tier, Literal["full", "no-namespaces", "shipped-only"])
