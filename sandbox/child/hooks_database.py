"""SQL statements, transactions, savepoints and what waits for the commit."""

from __future__ import annotations

import sys
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from .hooks import Wrapper, wrap
from .recorder import (
    OF_OBJECT,
    Event,
    Scope,
    count_query,
    current,
    deepen,
    function_name,
    function_place,
    inside,
    note,
    recording,
)

_CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


def install() -> None:
    """Wrap cursors and connections."""
    wrap(CursorWrapper, "execute", _execute)
    wrap(CursorWrapper, "executemany", _execute)
    wrap(BaseDatabaseWrapper, "set_autocommit", _set_autocommit)
    wrap(BaseDatabaseWrapper, "commit", _ending("commit"))
    wrap(BaseDatabaseWrapper, "rollback", _ending("rollback"))
    wrap(BaseDatabaseWrapper, "_savepoint", _savepoint("create"))
    wrap(BaseDatabaseWrapper, "_savepoint_commit", _savepoint("release"))
    wrap(BaseDatabaseWrapper, "_savepoint_rollback", _savepoint("rollback"))
    wrap(BaseDatabaseWrapper, "on_commit", _on_commit)
    wrap(BaseDatabaseWrapper, "run_and_clear_commit_hooks", _run_commit_hooks)


def _execute(original: Wrapper) -> Wrapper:
    def execute(self: Any, sql: Any, *args: Any, **kwargs: Any) -> Any:
        if not recording.on:
            return original(self, sql, *args, **kwargs)
        if not str(sql).startswith(_CONTROL):
            count_query()
        deepen(1)
        try:
            return original(self, sql, *args, **kwargs)
        finally:
            deepen(-1)

    return execute


def _deeper(original: Wrapper, /, *args: Any, **kwargs: Any) -> Any:
    """Call the original, and give back what our wrapper and this take of the stack."""
    deepen(2)
    try:
        return original(*args, **kwargs)
    finally:
        deepen(-2)


def _set_autocommit(original: Wrapper) -> Wrapper:
    def set_autocommit(self: Any, autocommit: bool, *args: Any, **kwargs: Any) -> Any:
        if not recording.on:
            return original(self, autocommit, *args, **kwargs)
        if not autocommit:
            note("begin", "begin", sys._getframe(1))
        return _deeper(original, self, autocommit, *args, **kwargs)

    return set_autocommit


def _ending(kind: str) -> Any:
    def wrapper(original: Wrapper) -> Wrapper:
        def end(self: Any, *args: Any, **kwargs: Any) -> Any:
            if not recording.on:
                return original(self, *args, **kwargs)
            event = note(kind, kind, sys._getframe(1))
            if kind == "commit":
                self._signalbox_commit = event
            return _deeper(original, self, *args, **kwargs)

        return end

    return wrapper


def _savepoint(action: str) -> Any:
    def wrapper(original: Wrapper) -> Wrapper:
        def savepoint(self: Any, *args: Any, **kwargs: Any) -> Any:
            if not recording.on:
                return original(self, *args, **kwargs)
            note("savepoint", f"savepoint {action}", sys._getframe(1), action=action)
            return _deeper(original, self, *args, **kwargs)

        return savepoint

    return wrapper


class Callback:
    """A callback of on_commit() for the time of its call; it answers for the real one."""

    __slots__ = ("real", "registered")

    def __init__(self, real: Any, registered: Event | None) -> None:
        self.real = real
        self.registered = registered

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def __call__(self) -> Any:
        event = note("on_commit", function_name(self.real), sys._getframe(1), action="run")
        registered = self.registered
        if registered is not None:
            event["detail"]["registered"] = registered["id"]
        if place := function_place(self.real):
            event["file"], event["line"], event["function"] = event["at"] = place
        elif registered is not None:
            event["file"], event["line"], event["function"] = event["at"] = registered["at"]
        return inside(event, OF_OBJECT, self.real)


def _on_commit(original: Wrapper) -> Wrapper:
    def on_commit(self: Any, func: Any, *args: Any, **kwargs: Any) -> Any:
        if not recording.on or not callable(func):
            return original(self, func, *args, **kwargs)
        event = note("on_commit", function_name(func), sys._getframe(1), action="register")
        if not self.in_atomic_block and self.get_autocommit():
            return _deeper(original, self, Callback(func, event), *args, **kwargs)
        _deeper(original, self, func, *args, **kwargs)
        waiting = self.__dict__.setdefault("_signalbox_waiting", {})
        if self.run_on_commit:
            waiting[id(self.run_on_commit[-1])] = event

    return on_commit


def _run_commit_hooks(original: Wrapper) -> Wrapper:
    def run_and_clear_commit_hooks(self: Any) -> Any:
        if not recording.on or not self.run_on_commit:
            return original(self)
        known = self.__dict__.pop("_signalbox_waiting", {})
        real = self.run_on_commit
        called = [
            (ids, Callback(func, known.get(id(entry))), robust)
            for entry in real
            for ids, func, robust in [entry]
        ]
        self.run_on_commit = called
        commit = self.__dict__.get("_signalbox_commit")
        scope = Scope(commit, current.get()) if commit is not None else current.get()
        token = current.set(scope)
        try:
            return _deeper(original, self)
        finally:
            current.reset(token)
            if self.run_on_commit is called:
                self.run_on_commit = real

    return run_and_clear_commit_hooks
