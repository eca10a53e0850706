"""The report of a run: everything that happened, in the shape of docs/report.md."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypedDict

import msgspec

SCHEMA = 1

# What any database column and any other language can hold; a line of added imports is below 1.
Small = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
Place = tuple[str, Small, str]  # file, line, function

Outcome = Literal["ok", "error", "time_limit", "memory_limit", "output_limit", "crashed", "refused"]
Tier = Literal["full", "no-namespaces", "shipped-only"]
Kind = Literal[
    "save", "delete", "update", "bulk_create", "bulk_update", "m2m", "signal", "receiver", "email",
    "begin", "commit", "rollback", "savepoint", "on_commit", "request", "thread", "log", "warning",
    "error",
]  # fmt: skip


class Frame(msgspec.Struct, forbid_unknown_fields=True):
    """One frame of the program itself in a traceback; `text` is the source line."""

    file: str
    line: Small
    function: str
    text: str


class Error(msgspec.Struct, forbid_unknown_fields=True):
    """What ended the run early: `phase` is import, migrate, setup or case."""

    phase: str
    type: str
    message: str
    file: str | None = None
    line: Small | None = None
    frames: list[Frame] = []


class Email(msgspec.Struct, forbid_unknown_fields=True):
    """One message, however many recipients; `event` is the id of the event that sent it."""

    id: Count
    subject: str
    from_: str = msgspec.field(name="from")
    to: list[str]
    cc: list[str]
    bcc: list[str]
    body: str
    alternatives: list[str]
    attachments: list[str]
    event: Count | None


class Detail(TypedDict, total=False):
    """What only some events have; docs/report.md says which."""

    via: list[Place]
    raised: str
    registered: Count
    signal: str
    django: bool
    name: str
    status: Small | None
    logger: str
    level: str
    pk_set: list[str]
    phase: str


class Event(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One thing that happened; `cause` is the id of the event inside which it happened."""

    id: Count
    cause: Count | None
    kind: Kind
    label: str
    file: str | None
    line: Small | None
    function: str | None
    ms: float
    queries: Count = 0
    sender: str | None = None
    created: bool | None = None
    raw: bool | None = None
    update_fields: list[str] | None = None
    action: str | None = None
    receivers: Count | None = None
    thread: str | None = None
    detail: Detail = {}


class Report(msgspec.Struct, forbid_unknown_fields=True):
    """Everything one run did; see docs/report.md for each key."""

    schema: int
    program: str
    digest: str
    version: str
    case: str
    outcome: Outcome
    error: Error | None
    emails: list[Email]
    emails_sent: Count
    recipients: Count
    events: list[Event]
    queries: Count
    rows: dict[str, Count | str]  # the text is an error's type, under "?"
    result: Any
    stdout: str
    stderr: str
    completed_imports: list[str]
    django: str
    python: str
    tier: Tier
    wall_ms: float
    cpu_ms: float
    peak_rss_mb: float
    measured_at: str
    cached: bool
    stdout_cut: bool = False
    stderr_cut: bool = False
    events_cut: bool = False
    emails_cut: bool = False


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a report: what sandbox/report.schema.json holds."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Report of a run",
        **msgspec.json.schema(Report),
    }


if __name__ == "__main__":  # python -m sandbox.report > sandbox/report.schema.json
    print(msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode())
