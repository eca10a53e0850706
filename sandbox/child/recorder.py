"""What happened in a run: events, each with the event inside which it happened.

The hooks (hooks_*.py) wrap methods of Django's classes and call in here. Nothing is connected to
a signal, and no receiver, sender or instance is kept: weak references die as without us.
"""

from __future__ import annotations

import functools
import os
import sys
import types
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from itertools import count
from time import perf_counter
from types import CodeType, FrameType
from typing import Any

from ..limits import limit

Event = dict[str, Any]
Place = tuple[str, int, str]

# What our wrappers take of the stack. An object that is called counts twice before Python 3.12.
# A send counts one less: the oracle has a wrapper of its own there.
OF_METHOD, OF_SEND = 2, 1
OF_OBJECT = 2 if sys.version_info >= (3, 12) else 3

# What recording itself may nest, so that it never fails where the program would not.
ROOM = 30

# Frames between an event and its cause, nearest first; more than these explain nothing.
PLACES_KEPT = 12

# An email beyond the limit of events is kept with at most so many events, itself included.
_LATE_CAUSES = 20


class Scope:
    """An event that is going on; what happens meanwhile is caused by it."""

    __slots__ = ("event", "outer", "round")

    def __init__(self, event: Event, outer: Scope | None) -> None:
        self.event = event
        self.outer = outer
        self.round = recording.round


current: ContextVar[Scope | None] = ContextVar("signalbox", default=None)

# The program's lines from which work was handed to another thread, whose own stack has none.
handed_over: ContextVar[list[Place]] = ContextVar("signalbox_handed_over", default=[])  # noqa: B039


class Recording:
    """The events of one run. One at a time is `on`; the hooks pass through when it is not."""

    def __init__(self) -> None:
        self.on = False
        self.round = 0
        self.clear()
        self.names: dict[str, str | None] = {}
        self.shifts: dict[str, int] = {}
        self.read_files("\0", "\0", {})

    def clear(self) -> None:
        """Forget every event; the clock starts anew."""
        self.round += 1
        self.events: list[Event] = []
        self.ids = count(1)
        self.queries = 0
        self.started = perf_counter()
        self.cut = False
        self.late_emails = 0

    def read_files(self, workdir: str, prefix: str, sources: dict[str, str]) -> None:
        """Name files under `workdir` by their path below `prefix`; `sources` are their texts."""
        self.root = workdir + os.sep
        self.prefix = prefix
        self.sources = sources
        self.lines: dict[str, list[str]] = {}
        self.names = {name: name for name in sources if os.sep not in name}
        self.shifts = {}

    def name(self, filename: str) -> str | None:
        """Return the program's own name of a file, or None for a file that is not its own."""
        try:
            return self.names[filename]
        except KeyError:
            shown = None
            if filename.startswith(self.root):
                shown = filename[len(self.root) :].removeprefix(self.prefix)
            self.names[filename] = shown
            return shown

    def line(self, filename: str, number: int) -> int:
        """Return the line in the program's own numbering."""
        return number - self.shifts.get(filename, 0)

    def text(self, shown: str, line: int) -> str:
        """Return one line of the program's source, or an empty text."""
        lines = self.lines.get(shown)
        if lines is None:
            lines = self.lines[shown] = self.sources.get(shown, "").splitlines()
        return lines[line - 1] if 0 < line <= len(lines) else ""

    def first_line(self, code: CodeType) -> int:
        """Return the line of `def`: the code of a decorated function begins at its decorators."""
        shown = self.name(code.co_filename) or ""
        first = self.line(code.co_filename, code.co_firstlineno)
        if not self.text(shown, first).lstrip().startswith("@"):
            return first
        for line in range(first, first + 40):
            if self.text(shown, line).lstrip().startswith(("def ", "async def ", "class ")):
                return line
        return first


recording = Recording()


def inside(event: Event, own: int, func: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """Call the function; what happens meanwhile has this event as its cause.

    `own` is how much of the stack our wrapper and this function take: the program, which may
    recurse without end, is given as much more, so that it ends after as many rounds.
    """
    token = current.set(Scope(event, current.get()))
    deepen(own)
    try:
        return func(*args, **kwargs)
    except BaseException as error:
        event["detail"]["raised"] = class_name(error)
        raise
    finally:
        deepen(-own)
        current.reset(token)


def deepen(frames: int) -> None:
    """Move the recursion limit; at the very end of the stack it stays."""
    try:  # noqa: SIM105 - twice as fast as suppress(), and done for every event
        sys.setrecursionlimit(sys.getrecursionlimit() + frames)
    except RecursionError:
        pass


@types.coroutine
def inside_async(event: Event, coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Await the coroutine step by step; only while it runs is the event the current one."""
    try:
        return (yield from _by_steps(coroutine, current, Scope(event, current.get())))
    except BaseException as error:
        event["detail"]["raised"] = class_name(error)
        raise


@types.coroutine
def handing_over(frame: FrameType, coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Await a coroutine that gives work to another thread, which will know this frame's lines."""
    found = places(frame) or handed_over.get()
    return (yield from _by_steps(coroutine, handed_over, found))


def _by_steps(coroutine: Coroutine[Any, Any, Any], variable: ContextVar[Any], held: Any) -> Any:
    # Tasks may share one context (Django 6), so nothing may stay set between two steps.
    step: Callable[..., Any] = coroutine.send
    value: Any = None
    while True:
        token = variable.set(held)
        try:
            awaited = step(value)
        except StopIteration as stop:
            return stop.value
        finally:
            variable.reset(token)
        try:
            value = yield awaited
            step = coroutine.send
        except BaseException as error:
            value, step = error, coroutine.throw


_WALLS: set[CodeType] = {inside.__code__, inside_async.__code__}


def places(frame: FrameType | None) -> list[Place]:
    """Return the program's lines from this frame out to the enclosing event's."""
    found: list[Place] = []
    names = recording.names
    while frame is not None:
        code = frame.f_code
        if code in _WALLS:
            return found
        filename = code.co_filename
        shown = names[filename] if filename in names else recording.name(filename)
        if shown is not None:
            line = recording.line(filename, frame.f_lineno or 0)
            found.append((shown, line, code.co_qualname))
            if len(found) == PLACES_KEPT:
                return found
        frame = frame.f_back
    before = handed_over.get()
    if before and (not found or found[-1] != before[-1]):
        return (found + before)[:PLACES_KEPT]
    return found


def note(kind: str, label: str, frame: FrameType | None, **more: Any) -> Event:
    """Record one event, caused by the event going on, by the program's nearest line."""
    deepen(ROOM)
    try:
        return _note(kind, label, frame, more)
    finally:
        deepen(-ROOM)


def _note(kind: str, label: str, frame: FrameType | None, more: dict[str, Any]) -> Event:
    scope = current.get()
    if scope is not None and scope.round != recording.round:
        scope = None  # a thread that setup started: its cause is forgotten
    found = places(frame)
    if found:
        file, line, function = found[0]
    elif scope is not None:
        outer = scope.event
        file, line, function = outer["at"]
    else:
        file, line, function = None, None, None
    detail: dict[str, Any] = {}
    if len(found) > 1:
        detail["via"] = found[1:]
    event: Event = {
        "id": next(recording.ids),
        "cause": scope.event["id"] if scope is not None else None,
        "kind": kind,
        "label": label,
        "file": file,
        "line": line,
        "function": function,
        "ms": (perf_counter() - recording.started) * 1000,
        "queries": 0,
        "detail": detail,
        "at": (file, line, function),
    }
    if more:
        event.update(more)
    _keep(event, scope)
    return event


def _keep(event: Event, scope: Scope | None) -> None:
    """Store the event; beyond the limit only the first emails, with what led to them."""
    events = recording.events
    if len(events) < limit("events"):
        events.append(event)
        return
    recording.cut = event["cut"] = True
    if event["kind"] != "email" or recording.late_emails >= limit("emails"):
        return
    missing = [event]
    while scope is not None and "cut" in scope.event:
        missing.append(scope.event)
        scope = scope.outer
    if len(missing) <= _LATE_CAUSES:
        recording.late_emails += 1
        for one in missing:
            del one["cut"]
        events.extend(missing)


def count_query() -> None:
    """Count one SQL statement for the run and for the event going on."""
    recording.queries += 1
    scope = current.get()
    if scope is not None:
        scope.event["queries"] += 1


_name_of_class: Callable[[type], str] = vars(type)["__name__"].__get__


def class_name(thing: Any) -> str:
    """Return the name of an object's real class, whatever the class says of itself."""
    return _name_of_class(type(thing))


def function_name(func: Any) -> str:
    """Return how a function is called in the program, without where it is nested."""
    name = getattr(func, "__qualname__", None)
    if isinstance(name, str):
        return name.rsplit("<locals>.", 1)[-1]
    if isinstance(func, functools.partial):
        return f"partial({function_name(func.func)})"
    return class_name(func)


def function_code(func: Any) -> CodeType | None:
    """Return the code that a callable runs in the end: of a wrapped, bound or partial one."""
    while isinstance(func, functools.partial):
        func = func.func
    if isinstance(func, types.MethodType):
        func = func.__func__
    if not isinstance(func, types.FunctionType):
        func = getattr(type(func), "__call__", None)  # noqa: B004 - the method, not whether
    code = getattr(func, "__code__", None)
    return code if isinstance(code, CodeType) else None


def function_place(func: Any) -> Place | None:
    """Return where the program defines a function, or None if it is not the program's."""
    inner = func
    for _ in range(10):
        code = function_code(inner)
        if code is None:
            return None
        if shown := recording.name(code.co_filename):
            return shown, recording.first_line(code), code.co_qualname
        inner = inner.__dict__.get("__wrapped__") if hasattr(inner, "__dict__") else None
    return None
