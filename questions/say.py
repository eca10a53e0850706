"""What a step says, in plain words, and the lane it stands on."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from questions.events import Tree, is_run
from sandbox import why
from sandbox.report import Email, Event, Report


class Words(NamedTuple):
    """A step's words: a name in bold, the rest, and a line of source."""

    name: str
    rest: str
    code: str = ""

    @property
    def text(self) -> str:
        return " ".join(part for part in self if part)


class Lane(NamedTuple):
    """A place: `who` it is and, smaller, `where`."""

    key: str
    who: str
    where: str


MARKS = {
    "wanted": "wanted",
    "extra": "too many",
    "wrong": "the wrong address",
    "subject": "the wrong subject",
}
# Where there is room for two short words: beside an envelope, in its postmark.
BRIEF = {"wanted": "wanted", "extra": "too many", "wrong": "wrong", "subject": "wrong"}
TIMES = {2: "a second time", 3: "a third time"}


def why_sent(report: Report, email: Email) -> str:
    """Return why an email was sent, with the names of files that a learner knows."""
    return why.sentence(report, email).replace("snippet.py", "models.py")


def lane_of(event: Event) -> Lane:
    """Return the lane that an event stands on."""
    own_line = f"{event.file}:{event.line}".replace("snippet.py", "models.py")
    key = f"{event.kind} {event.label} {event.sender or ''}"
    match event.kind:
        case "email":
            return Lane("outbox", "outbox", "")
        case "signal":
            return Lane(key, signal_name(event), f"signal of {short(event.sender)}")
        case "receiver":
            place = "Django" if event.detail.get("django") else own_line
            return Lane(f"{key} {place}", event.label, place)
        case "on_commit":
            return Lane("on_commit " + event.label, event.label, "given to on_commit()")
        case "commit" | "rollback" | "savepoint":
            return Lane("transaction", "the transaction", "database")
        case "request":
            return Lane(key, event.label, "the test client")
        case "thread":
            return Lane(key, event.label, "in a thread")
        case "log":
            return Lane("log", "the log", "")
    return Lane(key, event.label, "Django")


def short(sender: str | None) -> str:
    """Return a model's name without its app."""
    return (sender or "?").rsplit(".", 1)[-1]


def signal_name(event: Event) -> str:
    """Return a signal's name; the case's own signals are named in the detail."""
    return event.label if event.label not in ("", "?") else event.detail.get("name", "a signal")


def say(event: Event, tree: Tree, *, nth: int, idle: bool, email: Email | None, mark: str) -> Words:
    """Return what the step of an event says; `nth` counts the visits of its lane from 1."""
    if event.kind == "email":
        return _email(event, email, mark)
    words = SAY[event.kind](event, tree, nth)
    if raised := event.detail.get("raised"):
        return words._replace(rest=f"{words.rest}, raises {raised}")
    return words._replace(rest="runs, and nothing follows") if idle else words


def _email(event: Event, email: Email | None, mark: str) -> Words:
    if email is None:
        return Words("Email", "one more than are kept", "")
    to = ", ".join([*email.to, *email.cc, *email.bcc]) or "nobody"
    return Words(f"Email {email.id}", f"to {to}: {MARKS[mark]}")


def _save(event: Event, tree: Tree, nth: int) -> Words:
    # Nothing says which row it was: only a save inside a signal is surely one more of the same.
    new = ("another new" if nth > 1 else "a new") if event.created else ""
    what = f"{new} {short(event.sender)}".strip()
    if event.update_fields is not None:
        what = f"only {', '.join(event.update_fields) or 'nothing'} of {what}"
    if event.raw:
        what = f"{what} as it stands in the fixture (raw)"
    inside = next((e for e in reversed(tree.chain(event)[:-1]) if e.kind == "signal"), None)
    more = " again" if inside else f": save number {nth}"
    again = more * (nth > 1 and not event.created) + (
        f", inside {signal_name(inside)}" if inside else ""
    )
    return Words("save()", f"writes {what}{again}")


def _signal(event: Event, tree: Tree, nth: int) -> Words:
    rest = "is sent again" if nth > 1 else "is sent"
    if event.created is not None:
        rest += f", created is {event.created}"
    if event.action:
        rest += f", action is {event.action}"
    count = event.receivers or 0
    if not count:
        return Words(signal_name(event), f"{rest}: nobody listens")
    return Words(signal_name(event), f"{rest}, to {count} receiver{'s' * (count != 1)}")


def _receiver(event: Event, tree: Tree, nth: int) -> Words:
    return Words(event.label, f"runs {TIMES.get(nth, 'again')}" if nth > 1 else "runs")


def _delete(event: Event, tree: Tree, nth: int) -> Words:
    return Words("delete()", f"deletes {short(event.sender)}")


def _update(event: Event, tree: Tree, nth: int) -> Words:
    fields = ", ".join(event.update_fields or [])
    what = f"{fields} of {short(event.sender)}" if fields else f"rows of {short(event.sender)}"
    return Words("update()", f"writes {what} in SQL: no save(), no signal")


def _bulk(event: Event, tree: Tree, nth: int) -> Words:
    return Words(f"{event.kind}()", f"writes {short(event.sender)} in bulk: no save(), no signal")


def _m2m(event: Event, tree: Tree, nth: int) -> Words:
    return Words(event.label, "changes the relation, not the row")


def _commit(event: Event, tree: Tree, nth: int) -> Words:
    return Words("Commit", "the rows are kept, what waited runs now")


def _rollback(event: Event, tree: Tree, nth: int) -> Words:
    to = " to the savepoint" if event.kind == "savepoint" else ""
    sent = "; what was sent stays sent" * tree.sent_before(event)
    return Words("Rollback", f"the rows{to} are undone{sent}")


def _on_commit(event: Event, tree: Tree, nth: int) -> Words:
    if not is_run(event):
        gone = event.id not in tree.ran
        return Words(event.label, f"waits for the commit{', which never comes' * gone}")
    cause = tree.by_id.get(event.cause or 0)
    late = cause is not None and cause.kind == "commit"
    return Words(
        event.label, "runs after the commit" if late else "runs at once, in no transaction"
    )


def _request(event: Event, tree: Tree, nth: int) -> Words:
    status = event.detail.get("status")
    return Words(event.label, f"is answered with {status}" if status else "is requested")


def _thread(event: Event, tree: Tree, nth: int) -> Words:
    return Words(event.label, "runs in a thread of its own")


def _log(event: Event, tree: Tree, nth: int) -> Words:
    return Words("Log", event.label)


SAY: dict[str, Callable[[Event, Tree, int], Words]] = {
    "save": _save,
    "signal": _signal,
    "receiver": _receiver,
    "delete": _delete,
    "update": _update,
    "bulk_create": _bulk,
    "bulk_update": _bulk,
    "m2m": _m2m,
    "commit": _commit,
    "rollback": _rollback,
    "savepoint": _rollback,
    "on_commit": _on_commit,
    "request": _request,
    "thread": _thread,
    "log": _log,
}
