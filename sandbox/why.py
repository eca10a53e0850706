"""Why an email was sent: the chain of causes from the case's line to the email, in words."""

from __future__ import annotations

import re
from typing import Any

from .report import Email, Event, Report

# Events that are a doing of the program; signals and receivers only pass it on.
_DOINGS = frozenset(
    ["save", "delete", "update", "bulk_create", "bulk_update", "m2m", "request", "thread"]
)
_SILENT = frozenset(["begin", "commit", "rollback", "savepoint"])
_VERBS = {
    "delete": "deleted",
    "update": "updated",
    "bulk_create": "bulk-created",
    "bulk_update": "bulk-updated",
}
_TIMES = {2: "a second time", 3: "a third time"}


def sentence(report: Report, email: Email) -> str:
    """Return one sentence: why this email was sent.

    "Email 2 was sent because `normalise_bio` (models.py:21) saved the profile again inside
    `post_save`."
    """
    return f"Email {email.id} was sent because {_Story(report, email).reason()}."


def why(report: Report, email: Email) -> list[str]:
    """Return the whole way as sentences, the case's line first, the email last."""
    return _Story(report, email).steps()


def chain(report: Report, email: Email) -> list[Event]:
    """Return the events that led to an email, the first first, the email's own last.

    A callback that waited for a commit is led to by what registered it.
    """
    events = {event.id: event for event in report.events}
    found: list[Event] = []
    event = events.get(email.event) if email.event is not None else None
    while event is not None:
        found.append(event)
        before = event.detail.get("registered") if event.kind == "on_commit" else None
        event = events.get(before if before is not None else event.cause or 0)
    return found[::-1]


class _Story:
    """One email of one report."""

    def __init__(self, report: Report, email: Email) -> None:
        self.report = report
        self.email = email
        self.chain = chain(report, email)

    # The one sentence

    def reason(self) -> str:
        """Return what follows "because"."""
        if not self.chain:
            return "the program put it into the outbox"
        sent, before = self.chain[-1], self.chain[:-1]
        doing = next((event for event in reversed(before) if event.kind in _DOINGS), None)
        callback = next((event for event in reversed(before) if _ran(event)), None)
        if callback is not None and (doing is None or before.index(callback) > before.index(doing)):
            return self.waited(callback, doing)
        receiver = next((event for event in reversed(before) if event.kind == "receiver"), None)
        if receiver is not None and (doing is None or before.index(receiver) > before.index(doing)):
            return self.heard(receiver, doing)
        if doing is not None:
            return self.done_within(sent, doing)
        return self.sent_by(sent)

    def sent_by(self, sent: Event) -> str:
        """Say which line sent it, and which line of the case led there."""
        via = _via(sent)
        if not via:
            return f"{_actor(sent)} sent it"
        return f"{_actor(sent)}, called by {_actor_at(*via[-1])}, sent it"

    def done_within(self, sent: Event, doing: Event) -> str:
        """Say what sent it while a save, a request or a thread was going on."""
        if doing.kind == "request":
            return f"{_actor(sent)} sent it during {doing.label}, asked for by {_actor(doing)}"
        if doing.kind == "thread":
            return f"{_actor(sent)} sent it in a thread that {_actor(doing)} started"
        return f"{_actor(sent)} sent it while {self.deed(doing)}"

    def waited(self, callback: Event, doing: Event | None) -> str:
        """Say that it waited for the commit, and since when."""
        name = _code(callback.label)
        asked = self.chain[self.chain.index(callback) - 1]
        registered = asked.kind == "on_commit" and asked.action == "register"
        by = _actor(asked) if registered else _actor(callback)
        if doing is not None and doing.kind == "save":
            by = f"{by}, after {self.deed(doing)},"
        elif via := _via(asked):
            by = f"{by}, called by {_actor_at(*via[-1])},"
        if not any(event.kind == "commit" for event in self.around(callback)):
            return f"{by} handed {name} to on_commit(), and no transaction was open"
        return f"{by} had {name} wait for the commit, and the transaction was committed"

    def around(self, callback: Event) -> list[Event]:
        """Return the events inside which a callback ran."""
        events = {event.id: event for event in self.report.events}
        found: list[Event] = []
        event = events.get(callback.cause or 0)
        while event is not None:
            found.append(event)
            event = events.get(event.cause or 0)
        return found

    def heard(self, receiver: Event, doing: Event | None) -> str:
        """Say which doing a receiver answered; name the receiver where several did."""
        if receiver.detail.get("signal"):
            return self.heard_quietly(receiver)
        signal = next((e for e in self.chain if e.id == receiver.cause), None)
        name = _signal(signal) if signal is not None else "a signal"
        if signal is None or doing is None or doing.kind not in ("save", "delete", "m2m"):
            by = _actor(signal) if signal is not None else "the program"
            base = f"{by} sent {name}"
        else:
            base = self.deed(doing)
        nth, others = self.calls(receiver)
        if nth > 1:
            times = _TIMES.get(nth, f"{nth} times")
            return (
                f"{_code(receiver.label)}{_at(receiver)} is connected more than once: {name} called"
                f" it {times} when {base}"
            )
        if others:
            return f"{_code(receiver.label)}{_at(receiver)} answered {name} too when {base}"
        return base

    def heard_quietly(self, receiver: Event) -> str:
        """Say what a receiver of one of Django's quieter signals answered."""
        signal, _, sender = str(receiver.detail["signal"]).partition(" of ")
        base = f"{_code(receiver.label)}{_at(receiver)} answers {_code(signal)}"
        if sender:
            base += f" of {sender.rpartition('.')[2]}"
        via = _via(receiver)
        return f"{base}, sent at {_place(*via[0][:2])}" if via else base

    def calls(self, receiver: Event) -> tuple[int, bool]:
        """Return which call of this very receiver it is for one send, and whether others sent."""
        same = [
            event
            for event in self.report.events
            if event.kind == "receiver" and event.cause == receiver.cause
        ]
        here = receiver.label, receiver.file, receiver.line
        alike = [event for event in same if (event.label, event.file, event.line) == here]
        earlier = {event.id for event in same if event.id < receiver.id}
        mailed = {event.cause for event in self.report.events if event.kind == "email"}
        return alike.index(receiver) + 1 if receiver in alike else 1, bool(earlier & mailed)

    def deed(self, event: Event) -> str:
        """Return who did what to which rows, and whether it was done before."""
        actor, thing = self.actor(event), _thing(event)
        if event.kind == "request":
            return f"{actor} asked for {event.label}"
        if event.kind == "thread":
            return f"{actor} started a thread"
        if event.kind == "m2m":
            return f"{actor} called {_code(event.label)}"
        if event.kind != "save":
            verb = _VERBS[event.kind]
            return f"{actor} {verb} {'rows of ' if event.label.count(' ') else ''}{thing}"
        if event.raw:
            return f"{actor} loaded {thing} as it stands in a fixture"
        index = self.chain.index(event) if event in self.chain else 0
        earlier = self.chain[:index]
        again = any(e.kind == "save" and e.sender == event.sender for e in earlier)
        verb = "created" if event.created else "saved"
        inside = next((e for e in reversed(earlier) if e.kind == "signal"), None)
        said = f"{actor} {verb} {thing}{' again' if again else ''}"
        if inside is not None:
            said += f" inside {_signal(inside)}"
        return said

    def actor(self, event: Event) -> str:
        """Return who did it: a function of the program, or Django on behalf of one of its lines."""
        index = self.chain.index(event) if event in self.chain else 0
        for outer in reversed(self.chain[:index]):
            if (outer.file, outer.line) != (event.file, event.line):
                break
            if outer.kind == "receiver" and outer.detail.get("django"):
                return f"Django's {_code(outer.label)}"
            if outer.kind == "request":
                return f"Django, answering {outer.label} ({_place(outer.file, outer.line)}),"
        return _actor(event)

    # The whole way

    def steps(self) -> list[str]:
        """Return a sentence for every event of the chain."""
        if not self.chain:
            return [f"Email {self.email.id} was put into the outbox by the program."]
        found: list[str] = []
        for event in self.chain:
            if event.kind in _SILENT:
                continue
            found += self.calls_before(event)
            found.append(_capital(self.step(event)) + ".")
        return found

    def calls_before(self, event: Event) -> list[str]:
        """Return a sentence for each function of the program between an event and its cause."""
        if event.kind == "receiver" or _ran(event):
            return []
        via = [(event.file or "", event.line or 0, event.function or ""), *_via(event)]
        return [
            f"{_capital(_actor_at(*outer))} called {_code(_short(inner[2]))}."
            for inner, outer in zip(via[-2::-1], via[:0:-1], strict=True)
        ]

    def step(self, event: Event) -> str:
        """Return one event as a sentence without its full stop."""
        if event.kind == "signal":
            return self.signal_step(event)
        if event.kind == "receiver":
            signal = event.detail.get("signal")
            heard = f" by {signal}" if signal else ""
            if event.detail.get("django"):
                return f"Django's {_code(event.label)} was called{heard}"
            return f"{_code(event.label)}{_at(event)} was called{heard}"
        if event.kind == "email":
            to = ", ".join([*self.email.to, *self.email.cc, *self.email.bcc]) or "nobody"
            return f"{_actor(event)} sent email {self.email.id} to {to}"
        if event.kind == "on_commit" and event.action == "register":
            return f"{_actor(event)} asked to run {_code(event.label)} after the commit"
        if event.kind == "on_commit":
            committed = any(e.kind == "commit" for e in self.around(event))
            when = "The transaction was committed" if committed else "No transaction was open"
            return f"{when}, and {_code(event.label)} ran"
        return self.deed(event) if event.kind in _DOINGS else event.label

    def signal_step(self, event: Event) -> str:
        """Return what was sent, with what the receivers were told."""
        told = [f"created is {event.created}"] if event.created is not None else []
        told += ["raw is True"] if event.raw else []
        told += [f"action is {event.action}"] if event.action else []
        within = self.chain[self.chain.index(event) - 1] if self.chain.index(event) else None
        django = within is not None and within.kind in _DOINGS
        by = "Django" if django else _actor(event)
        listeners = f"{event.receivers} receiver{'' if event.receivers == 1 else 's'}"
        more = f" ({', '.join(told)})" if told else ""
        return f"{by} sent {_signal(event)}{more} to {listeners}"


def _ran(event: Event) -> bool:
    return event.kind == "on_commit" and event.action == "run"


def _via(event: Event) -> list[tuple[str, int, str]]:
    via: list[Any] = event.detail.get("via") or []
    return [(str(file), int(line), str(function)) for file, line, function in via]


def _actor(event: Event) -> str:
    if event.file is None:
        return "the program"
    return _actor_at(event.file, event.line or 0, event.function or "")


def _actor_at(file: str, line: int, function: str) -> str:
    if function == "<module>":
        who = "the case" if file.startswith("case_") or file == "snippet.py" else "the code"
    else:
        who = _code(_short(function))
    return f"{who} ({_place(file, line)})"


def _place(file: str | None, line: int | None) -> str:
    return f"{file}:{line}"


def _at(event: Event) -> str:
    return f" ({_place(event.file, event.line or 0)})" if event.file else ""


def _short(function: str) -> str:
    return function.rsplit("<locals>.", 1)[-1]


def _code(name: str) -> str:
    return "a lambda" if name == "<lambda>" else f"`{name}`"


def _signal(event: Event) -> str:
    return _code(event.detail.get("name") or event.label)


def _thing(event: Event) -> str:
    """Return a model as a thing: UserProfile is "the profile", Order "the order"."""
    name = (event.sender or event.label).rpartition(".")[2]
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name) or [name]
    if len(words) > 1 and words[0] == "User":
        words = words[1:]
    return "the " + " ".join(word.lower() for word in words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
