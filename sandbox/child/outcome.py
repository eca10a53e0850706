"""What a run has to say in the end: errors, emails, rows and the result, all within bounds."""

from __future__ import annotations

import json
import math
from types import TracebackType
from typing import TYPE_CHECKING, Any

import msgspec
from django.apps import apps
from django.core import mail
from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.models import Manager

from ..limits import limit
from . import hooks_signals, world
from .hooks_other import outbox
from .recorder import Event, class_name, note, recording

if TYPE_CHECKING:
    from .phases import Run

# Together with the output, which the parent adds, a report has its limit.
_EVENTS_BYTES = 120 * 1024
_EMAILS_BYTES = 64 * 1024
_RESULT_BYTES = 16 * 1024
_TEXT = 300
_BODY = 1000
_FRAMES = 20
_ADDRESSES = 500


def text(value: Any, most: int = _TEXT) -> str:
    """Return the text of anything, cut, without surrogates; an object that has none says so."""
    try:
        said = str(value)[:most]
        return said.encode("utf-8", "replace").decode()
    except BaseException as error:
        return f"<str() raised {class_name(error)}>"


def error(phase: str, raised: BaseException) -> dict[str, Any]:
    """Return the error as a result: where in the program it was raised, and the frames."""
    # isinstance() would ask the exception for its __class__, and it may lie.
    kind = type(raised)
    frames = _frames(raised.__traceback__)
    if issubclass(kind, SyntaxError):
        frames += _where_it_does_not_parse(raised)
    last = frames[-1] if frames else None
    message = text(raised, 2000).splitlines()
    stopped = issubclass(kind, KeyboardInterrupt)
    return {
        "phase": "process" if stopped else phase,
        "type": "Crash" if stopped else text(class_name(raised)),
        "message": message[0][:_TEXT] if message else "",
        "file": last["file"] if last else None,
        "line": last["line"] if last else None,
        "frames": frames[-_FRAMES:],
    }


def _where_it_does_not_parse(raised: Any) -> list[dict[str, Any]]:
    filename, line = raised.filename, raised.lineno
    if not isinstance(filename, str) or not isinstance(line, int) or abs(line) >= 2**31:
        return []
    shown = recording.name(filename)
    return [_frame(shown, recording.line(filename, line), "<module>")] if shown else []


def _frames(trace: TracebackType | None) -> list[dict[str, Any]]:
    frames: list[dict[str, Any]] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if (shown := recording.name(code.co_filename)) is not None:
            line = recording.line(code.co_filename, trace.tb_lineno or 0)
            frames.append(_frame(shown, line, code.co_qualname))
        trace = trace.tb_next
    return frames


def _frame(file: str, line: int, function: str) -> dict[str, Any]:
    source = recording.text(file, line).strip()
    return {"file": file, "line": line, "function": function[:_TEXT], "text": source[:_TEXT]}


def report(run: Run) -> dict[str, Any]:
    """Return everything of the report that the child knows."""
    if run.error is not None and recording.on:
        _error_event(run.error)
    if recording.on:
        outbox.sweep(None)
    recording.on = False
    hooks_signals.resolve_names(recording.events, world.known.modules, run.namespace)
    rows = {} if run.crashed else _rows(run)
    # A crash under the oracle leaves nothing to read: neither does it here.
    box, replaced = ([], False) if run.crashed else _box()
    events = [] if run.crashed else recording.events
    told = _fitting([_event(event) for event in sorted(events, key=_id)], _EVENTS_BYTES)
    kept = _fitting(_emails(box, {event["id"] for event in told}), _EMAILS_BYTES)
    return {
        "error": run.error,
        "emails": kept,
        "emails_sent": _deliveries(told) if replaced else len(box),
        "recipients": sum(_recipients(message) for message in box),
        "events": told,
        "queries": recording.queries,
        "rows": rows,
        "result": None if run.crashed else result(run.namespace.get("RESULT")),
        "completed_imports": run.completed,
        "events_cut": recording.cut or len(told) < len(events),
        "emails_cut": replaced or len(kept) < len(box),
    }


def _box() -> tuple[list[Any], bool]:
    """Return what is in the outbox, or nothing and True if the program put another thing there."""
    box = vars(mail).get("outbox")
    if not issubclass(type(box), list):
        return [], True
    return list(list.__iter__(box)), False  # type: ignore[arg-type]


def _deliveries(told: list[Event]) -> int:
    return sum(event["kind"] == "email" for event in told)


def disturbed(raised: BaseException) -> dict[str, Any]:
    """Return what is left to say when the program has broken the recorder."""
    message = f"The program disturbed what watches it ({class_name(raised)})."
    return {
        "error": {"phase": "case", "type": "Disturbed", "message": message},
        "emails": [],
        "emails_sent": 0,
        "recipients": 0,
        "events": [],
        "queries": 0,
        "rows": {},
        "result": None,
        "completed_imports": [],
        "events_cut": True,
        "emails_cut": True,
    }


def _id(event: Event) -> int:
    return int(event["id"])


def _fitting(items: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """Return the first items, as many as fit into so many bytes of JSON."""
    for index, item in enumerate(items):
        most -= len(msgspec.json.encode(item))
        if most < 0:
            return items[:index]
    return items


def _error_event(said: dict[str, Any]) -> None:
    event = note("error", f"{said['type']}: {said['message']}"[:_TEXT], None)
    event["file"], event["line"] = said["file"], said["line"]
    event["function"] = said["frames"][-1]["function"] if said["frames"] else None
    event["detail"]["phase"] = said["phase"]


def _event(event: Event) -> dict[str, Any]:
    event.pop("at", None)
    event["ms"] = round(event["ms"], 3)
    event["label"] = text(event["label"])
    if not event["detail"]:
        del event["detail"]
    return event


def _recipients(message: Any) -> int:
    try:
        return len(message.recipients())
    except Exception:
        return 0


def _emails(box: list[Any], told: set[int]) -> list[dict[str, Any]]:
    kept = enumerate(box[: limit("emails")], start=1)
    return [_email(number, message, told) for number, message in kept]


def _email(number: int, message: Any, told: set[int]) -> dict[str, Any]:
    event = outbox.event(message)
    return {
        "id": number,
        "subject": text(getattr(message, "subject", "")),
        "from": text(getattr(message, "from_email", "")),
        "to": _addresses(message, "to"),
        "cc": _addresses(message, "cc"),
        "bcc": _addresses(message, "bcc"),
        "body": text(getattr(message, "body", ""), _BODY),
        "alternatives": [
            text(part[1]) for part in list(getattr(message, "alternatives", None) or [])[:10]
        ],
        "attachments": [
            text(_attachment(part))
            for part in list(getattr(message, "attachments", None) or [])[:10]
        ],
        "event": event["id"] if event is not None and event["id"] in told else None,
    }


def _addresses(message: Any, field: str) -> list[str]:
    addresses = list(getattr(message, field, None) or [])
    more = [f"… and {len(addresses) - _ADDRESSES} more"] if len(addresses) > _ADDRESSES else []
    return [text(address) for address in addresses[:_ADDRESSES]] + more


def _attachment(part: Any) -> Any:
    if isinstance(part, tuple):
        return part[0]
    return part.get_filename() if hasattr(part, "get_filename") else part


def _rows(run: Run) -> dict[str, Any]:
    """Count the rows of each model of the program; where that fails, say why under "?"."""
    before = _connection()
    try:
        return {
            model._meta.label: _count(model)
            for model in apps.get_models()
            if model._meta.app_label in run.labels - {"auth"}
            and not model._meta.proxy
            and model._meta.managed
        }
    except BaseException as raised:
        return {"?": class_name(raised)}
    finally:
        # The oracle hears of this one too as long as the start has not succeeded.
        if run.traced and run.phase == "import" and before is None and _connection() is not None:
            late = note("signal", "None", None, sender="DatabaseWrapper", receivers=0)
            late["detail"]["name"] = "connection_created"


def _count(model: Any) -> int:
    """Count the rows that the model's own base manager sees."""
    if type(model._base_manager) is not Manager or router.routers:
        return int(model._base_manager.count())
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:  # what the manager does, without building a query
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 - Django quotes the name
        return int(cursor.fetchone()[0])


def _connection() -> Any:
    try:
        return connections["default"].connection
    except Exception:
        return None


def result(value: Any) -> Any:
    """Return RESULT as JSON has it, other values as their text; cut where it is too long."""
    if value is None:
        return None
    try:
        encoded = json.dumps(value, default=str)
    except BaseException:
        encoded = json.dumps(text(value))
    if len(encoded) > _RESULT_BYTES:
        return encoded[:_RESULT_BYTES] + "…"
    return _plain(json.loads(encoded))


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, str):
        return text(value, _RESULT_BYTES)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {text(key): _plain(item) for key, item in value.items()}
    return value
