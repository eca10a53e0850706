"""The events of a report as a tree, and which of them are worth a step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sandbox.report import Event

# Rows that Django keeps for itself; they are a step only when something came of them.
DJANGO = ("sessions.", "admin.", "contenttypes.", "auth.")
WRITES = ("save", "delete", "update", "bulk_create", "bulk_update", "m2m")
ALWAYS = ("email", "rollback", "request", "thread")


class Tree:
    """Events by their cause. `kept` are those worth a step, in the order they happened."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.by_id = {event.id: event for event in events}
        self.below: dict[int | None, list[Event]] = {}
        for event in events:
            self.below.setdefault(event.cause, []).append(event)
        self.fruitful = self._fruitful(events)
        self.ran = {e.detail.get("registered"): e for e in events if is_run(e)}
        self.kept = [event for event in events if self._keep(event)]
        self._kept = {event.id for event in self.kept}

    def children(self, event: Event) -> list[Event]:
        """Return the kept events that happened inside this one, at any depth below dropped ones."""
        found, waiting = [], self.below.get(event.id, [])[::-1]
        while waiting:
            child = waiting.pop()
            if child.id in self._kept:
                found.append(child)
            else:
                waiting += self.below.get(child.id, [])[::-1]
        return found

    def cause(self, event: Event) -> Event | None:
        """Return the nearest kept event inside which this one happened."""
        above = self._above(event)
        return next((e for e in above if e.id in self._kept), None)

    def chain(self, event: Event) -> list[Event]:
        """Return the kept events from the outermost cause to this one."""
        return [e for e in (*reversed(self._above(event)), event) if e.id in self._kept]

    def repeated(self, extra: Iterable[int], wanted: Iterable[int]) -> set[int]:
        """Return all events of the repetitions that sent the extra emails.

        A repetition begins, on the way to an extra email and off every way to a wanted one,
        at the first place that had been visited before; failing that, at the receiver.
        """
        ways = {e.id for i in wanted if i in self.by_id for e in self.chain(self.by_id[i])}
        found: set[int] = set()
        for i in extra:
            if i in self.by_id and i not in found and (start := self._start(i, ways)):
                found |= self._all_below(start)
        return found

    def sent_before(self, event: Event) -> bool:
        """Return whether an email left between the begin of a transaction and this end of it."""
        sent = False
        for other in self.by_id.values():
            if other.id >= event.id:
                break
            sent = other.kind == "email" or (sent and other.kind != "begin")
        return sent

    def _start(self, email: int, ways: set[int]) -> Event | None:
        off = [e for e in self.chain(self.by_id[email]) if e.id not in ways]
        seen = {same_place(e) for e in self.kept if off and e.id < off[0].id}
        again = next((e for e in off if same_place(e) in seen and e.kind != "email"), None)
        return again or next((e for e in reversed(off) if e.kind != "email"), None)

    def _all_below(self, event: Event) -> set[int]:
        found, waiting = set(), [event.id]
        while waiting:
            here = waiting.pop()
            found.add(here)
            waiting += [child.id for child in self.below.get(here, [])]
        return found

    def _above(self, event: Event) -> list[Event]:
        found: list[Event] = []
        cause = event.cause
        while cause is not None and (above := self.by_id.get(cause)) and len(found) < 200:
            found.append(above)
            cause = above.cause
        return found

    def _fruitful(self, events: Sequence[Event]) -> set[int]:
        """Return the events inside which the program's own receiver ran or an email left."""
        found: set[int] = set()
        for event in events:
            own = event.kind == "receiver" and not event.detail.get("django")
            if own or event.kind == "email":
                found |= {event.id, *(above.id for above in self._above(event))}
        return found

    def _keep(self, event: Event) -> bool:
        fruit = event.id in self.fruitful
        if event.kind in WRITES:
            return fruit or not (event.sender or "").lower().startswith(DJANGO)
        match event.kind:
            case "signal":
                return bool(event.receivers and fruit) or self._unheard(event)
            case "receiver":
                return fruit or not event.detail.get("django")
            case "commit":
                return any(is_run(child) for child in self.below.get(event.id, []))
            case "savepoint":
                return event.action == "rollback"
            case "on_commit":
                return is_run(event) or self._waits(event)
            case "log":
                return event.detail.get("level") in ("ERROR", "CRITICAL")
        return event.kind in ALWAYS

    def _waits(self, registered: Event) -> bool:
        """Return whether a callback had to wait for a commit, or waits to this day."""
        run = self.ran.get(registered.id)
        cause = run and run.cause is not None and self.by_id.get(run.cause)
        return run is None or bool(cause and cause.kind == "commit")

    def _unheard(self, event: Event) -> bool:
        """Return whether this signal shows that nobody listens: the last one of a write."""
        writer = self.by_id.get(event.cause or 0)
        if event.receivers or event.label.startswith("pre_") or " of " in event.label:
            return False
        if writer is None or writer.kind not in WRITES:
            # One of the program's own, then; Django sends its own while it starts.
            return event.file is not None and not event.label.startswith(("post_", "m2m_"))
        return self._keep(writer) and writer.id not in self.fruitful


def is_run(event: Event) -> bool:
    """Return whether a callback of on_commit() runs here."""
    return event.kind == "on_commit" and event.action == "run"


def same_place(event: Event) -> tuple[str, str, str | None]:
    """Return what two visits of one place have in common."""
    return event.kind, event.label, event.sender


def place_of_case(event: Event) -> tuple[str, int] | None:
    """Return file and line of the outermost line of the program that led to this event."""
    via = event.detail.get("via")
    if isinstance(via, list) and via and isinstance(via[-1], (list, tuple)) and len(via[-1]) >= 2:
        return str(via[-1][0]), int(via[-1][1])
    return (event.file, event.line) if event.file and event.line else None
