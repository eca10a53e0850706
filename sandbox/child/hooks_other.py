"""Emails, requests of the test client, threads, log records and warnings."""

from __future__ import annotations

import functools
import logging
import sys
import threading
import warnings
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from types import FunctionType
from typing import Any

from asgiref.sync import SyncToAsync
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend
from django.test.client import AsyncClient, Client

from .hooks import Wrapper, add, wrap
from .recorder import (
    OF_METHOD,
    ROOM,
    Event,
    Scope,
    class_name,
    current,
    deepen,
    function_name,
    handing_over,
    inside,
    inside_async,
    note,
    recording,
)


def install() -> None:
    """Wrap the sending of mail, requests and the start of threads."""
    wrap(EmailBackend, "send_messages", _sending)
    add(BaseEmailBackend, "__init_subclass__", classmethod(_new_backend))
    wrap(EmailMessage, "send", _sending)
    wrap(Client, "request", _request)
    wrap(AsyncClient, "request", _async_request)
    wrap(threading.Thread, "start", _thread_start)
    wrap(threading.Thread, "_bootstrap_inner", _thread_run)
    wrap(ThreadPoolExecutor, "submit", _submit)
    wrap(SyncToAsync, "__call__", _to_thread)


class Outbox:
    """Which event sent each message of mail.outbox; the messages are not kept alive."""

    def __init__(self) -> None:
        self.sent: dict[int, tuple[weakref.ref[Any], Event]] = {}

    def event(self, message: Any) -> Event | None:
        """Return the event of a message, or None if it was not seen yet."""
        found = self.sent.get(id(message))
        return found[1] if found and found[0]() is message else None

    def sweep(self, frame: Any) -> None:
        """Record an email for every message at the end of the outbox that is new."""
        box = vars(mail).get("outbox")
        if not issubclass(type(box), list):
            return
        new = []
        for message in list.__reversed__(box):  # type: ignore[arg-type]
            if self.event(message) is not None:
                break
            new.append(message)
        for message in reversed(new):
            event = note("email", str(getattr(message, "subject", ""))[:200], frame)
            try:
                self.sent[id(message)] = weakref.ref(message), event
            except TypeError:  # something that is no message was put there
                self.sent[id(message)] = (lambda real=message: real), event  # type: ignore[assignment]


outbox = Outbox()


def _sending(original: Wrapper) -> Wrapper:
    def send(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not recording.on:
            return original(self, *args, **kwargs)
        deepen(1)
        try:
            return original(self, *args, **kwargs)
        finally:
            deepen(ROOM)
            outbox.sweep(sys._getframe(1))
            deepen(-ROOM - 1)

    return send


def _new_backend(backend: Any, **kwargs: Any) -> None:
    """Wrap the sending of a backend that the program defines: it may fill the outbox by itself."""
    super(BaseEmailBackend, backend).__init_subclass__(**kwargs)
    original = vars(backend).get("send_messages")
    if isinstance(original, FunctionType):
        backend.send_messages = functools.update_wrapper(_sending(original), original)


def _request_event(request: dict[str, Any], frame: Any) -> Event:
    method, path = request.get("REQUEST_METHOD", "GET"), request.get("PATH_INFO", "/")
    if "path" in request:
        method, path = request.get("method", "GET"), request["path"]
    return note("request", f"{method} {path}"[:200], frame, action=str(method))


def _status(response: Any) -> int | None:
    code = getattr(response, "status_code", None)
    return int(code) if isinstance(code, int) else None  # a view may answer with anything


def _request(original: Wrapper) -> Wrapper:
    def request(self: Client, **request: Any) -> Any:
        if not recording.on:
            return original(self, **request)
        event = _request_event(request, sys._getframe(1))
        response = inside(event, OF_METHOD, original, self, **request)
        event["detail"]["status"] = _status(response)
        return response

    return request


def _async_request(original: Wrapper) -> Wrapper:
    async def request(self: AsyncClient, **request: Any) -> Any:
        if not recording.on:
            return await original(self, **request)
        event = _request_event(request, sys._getframe(1))
        response = await inside_async(event, original(self, **request))
        event["detail"]["status"] = _status(response)
        return response

    return request


def _thread_start(original: Wrapper) -> Wrapper:
    def start(self: threading.Thread) -> None:
        if recording.on and not _is_housekeeping(self):
            label = function_name(getattr(self, "_target", None) or type(self))
            event = note("thread", label, sys._getframe(1), thread=self.name)
            self.__dict__["_signalbox_scope"] = Scope(event, current.get())
        original(self)

    return start


def _is_housekeeping(thread: threading.Thread) -> bool:
    """Say whether a pool or an event loop starts the thread for its own sake."""
    module = getattr(getattr(thread, "_target", None), "__module__", "")
    return module in ("concurrent.futures.thread", "asyncio.base_events")


def _thread_run(original: Wrapper) -> Wrapper:
    def run(self: threading.Thread) -> None:
        scope = self.__dict__.pop("_signalbox_scope", None)
        if scope is not None:
            current.set(scope)
        original(self)

    return run


def _submit(original: Wrapper) -> Wrapper:
    def submit(self: ThreadPoolExecutor, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
        inner = fn.func if isinstance(fn, functools.partial) else fn
        # The work of sync_to_async() carries its own context: it knows its cause.
        if not recording.on or getattr(inner, "__name__", "") == "thread_handler":
            return original(self, fn, *args, **kwargs)
        context = getattr(inner, "__self__", None)
        if not isinstance(context, Context) or inner is fn:
            event = note("thread", function_name(fn), sys._getframe(1), thread="pool")
        else:  # asyncio.to_thread()
            event = note("thread", function_name(fn.args[0]), sys._getframe(1), thread="pool")
            context.run(current.set, Scope(event, current.get()))
        return original(self, inside, event, OF_METHOD, fn, *args, **kwargs)

    return submit


def _to_thread(original: Wrapper) -> Wrapper:
    async def call(self: SyncToAsync[Any, Any], *args: Any, **kwargs: Any) -> Any:
        if not recording.on:
            return await original(self, *args, **kwargs)
        return await handing_over(sys._getframe(1), original(self, *args, **kwargs))

    return call


class LogHandler(logging.Handler):
    """Records warnings and errors of the root logger, as the oracle's handler does."""

    def emit(self, record: logging.LogRecord) -> None:
        """Record one log line; what formatting its message raises reaches the program."""
        message = record.getMessage()[:300]
        if not recording.on:
            return
        detail: dict[str, Any] = {"logger": record.name, "level": record.levelname}
        if record.exc_info and record.exc_info[1]:
            detail["raised"] = class_name(record.exc_info[1])
        event = note("log", f"{record.levelname} {record.name}: {message}", sys._getframe(1))
        event["detail"].update(detail)


def show_warning(
    message: Any, category: type[Warning], filename: str, lineno: int, *args: Any
) -> None:
    """Record a warning instead of printing it; deprecations are not the program's business."""
    if recording.on and category is not DeprecationWarning:
        text = str(message)[:300]
        note("warning", f"{category.__name__}: {text}", sys._getframe(1))


def listen() -> None:
    """Set up logging and warnings as the oracle does: one handler on the root logger."""
    root = logging.getLogger()
    if not any(isinstance(handler, LogHandler) for handler in root.handlers):
        root.addHandler(LogHandler(level=logging.WARNING))
    warnings.simplefilter("default")
    warnings.showwarning = show_warning  # type: ignore[assignment]
