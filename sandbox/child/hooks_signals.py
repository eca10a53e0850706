"""Signals and receivers: which signal was sent, and each receiver's call, listeners untouched."""

from __future__ import annotations

import sys
import threading
import weakref
from typing import Any

from django.db.models import signals as model_signals
from django.dispatch import Signal

from .hooks import Wrapper, wrap
from .recorder import (
    OF_OBJECT,
    OF_SEND,
    Event,
    current,
    function_name,
    function_place,
    inside,
    inside_async,
    note,
    recording,
)

MODEL_SIGNALS = ("pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed")
AUTH_SIGNALS = ("user_logged_in", "user_logged_out", "user_login_failed")
_PLAIN = ("auth.Permission", "auth.Group_permissions")


class Watch:
    """Which signals are recorded in this run, and how they are called."""

    def __init__(self) -> None:
        self.of_models = {id(getattr(model_signals, name)): name for name in MODEL_SIGNALS}
        self.model_signals = frozenset(self.of_models)
        self.names = dict(self.of_models)
        self.known: frozenset[int] = frozenset()
        self.auth: dict[int, str] = {}
        self.quiet: frozenset[int] = frozenset()
        self.labels: frozenset[str] = frozenset()

    def learn(self, signals: dict[int, Signal]) -> None:
        """Learn that these signals are Django's own; call again when a login's are new."""
        from django.contrib.auth import signals as auth_signals

        self.known = frozenset(signals)
        self.auth = {id(getattr(auth_signals, name)): name for name in AUTH_SIGNALS}
        self.names = self.of_models | self.auth

    def hush(self) -> None:
        """Leave out Django's own signals from now on, but those of a login."""
        self.quiet = self.known - frozenset(self.auth) - self.model_signals

    def begin(self, labels: frozenset[str]) -> None:
        """Start with the app labels of a program; Django's own signals are not quiet yet."""
        self.labels = labels
        self.quiet = frozenset()

    def is_recorded(self, signal: Signal, sender: Any) -> bool:
        """Say whether the oracle would record this send; senders of Django's own are left out."""
        key = id(signal)
        if key in self.model_signals:
            meta = getattr(sender, "_meta", None)
            if meta is None or meta.app_label not in self.labels:
                return False
            return meta.label not in _PLAIN
        return key not in self.quiet


watch = Watch()

# So many modules that are known, and no older one is new: a few are imported again in a run.
_SEEN_ENOUGH = 100


def django_signals(seen: frozenset[str] = frozenset()) -> dict[int, Signal]:
    """Return the signals that are attributes of modules of Django not seen yet, by id."""
    return {
        id(value): value
        for name in _new_modules(seen)
        if name.startswith("django.") and sys.modules[name] is not None
        for value in list(vars(sys.modules[name]).values())
        if isinstance(value, Signal)
    }


def _new_modules(seen: frozenset[str]) -> list[str]:
    """Return the modules not seen yet: the latest, as the older ones are best left alone (a look
    at a name writes to its page)."""
    found: list[str] = []
    old = 0
    try:
        for name in reversed(sys.modules):
            if name not in seen:
                found.append(name)
            elif (old := old + 1) > _SEEN_ENOUGH:
                break
    except RuntimeError:  # a thread imports something meanwhile
        return [name for name in list(sys.modules) if name not in seen]
    return found


def sender_label(sender: Any) -> str | None:
    """Return a model's label, a class's name, or the beginning of the sender's repr."""
    # A form of a model has a _meta as well, and no label in it.
    if label := getattr(getattr(sender, "_meta", None), "label", None):
        return str(label)
    if name := getattr(sender, "__name__", None):
        return str(name)
    return repr(sender)[:60] if sender is not None else None


def install() -> None:
    """Wrap the four ways to send, and the look-up of live receivers."""
    wrap(Signal, "send", _send)
    wrap(Signal, "send_robust", _send)
    wrap(Signal, "asend", _asend)
    wrap(Signal, "asend_robust", _asend)
    wrap(Signal, "_live_receivers", _live_receivers)


def _send(original: Wrapper) -> Wrapper:
    def send(self: Signal, sender: Any, **named: Any) -> Any:
        if not recording.on:
            return original(self, sender, **named)
        recorded = watch.is_recorded(self, sender)
        if not (recorded or self.receivers):
            return []
        _asking.signal = self
        _asking.event = None
        if not recorded:
            return _real(original(self, sender, **named))
        event = _asking.event = _signal_event(self, sender, named, sys._getframe(1))
        return _real(inside(event, OF_SEND, original, self, sender, **named))

    return send


def _asend(original: Wrapper) -> Wrapper:
    async def asend(self: Signal, sender: Any, **named: Any) -> Any:
        if not recording.on:
            return await original(self, sender, **named)
        _asking.signal = self
        _asking.event = None
        if not watch.is_recorded(self, sender):
            return _real(await original(self, sender, **named))
        event = _asking.event = _signal_event(self, sender, named, sys._getframe(1))
        return _real(await inside_async(event, original(self, sender, **named)))

    return asend


class _Asking(threading.local):
    """The signal whose receivers are about to be asked for by send(), and its event."""

    signal: Signal | None = None
    event: Event | None = None


_asking = _Asking()


def _live_receivers(original: Wrapper) -> Wrapper:
    def live_receivers(self: Signal, sender: Any) -> Any:
        sync, asynchronous = original(self, sender)
        # has_listeners() asks too; only send() is handed recorded receivers.
        if not recording.on or _asking.signal is not self:
            return sync, asynchronous
        _asking.signal = None
        event = _asking.event
        if event is not None:
            event["receivers"] = len(sync) + len(asynchronous)
        label = _quiet_label(self, sender) if event is None else None
        return (
            [_recorded(Receiver, receiver, label) for receiver in sync],
            [_recorded(AsyncReceiver, receiver, label) for receiver in asynchronous],
        )

    return live_receivers


def _recorded(kind: type[Receiver], receiver: Any, label: str | None) -> Any:
    place = function_place(receiver)
    if place is None and label is not None:
        return receiver  # Django listening to itself
    return kind(receiver, place, label)


class Receiver:
    """A receiver for the time of one send; it answers for the real one."""

    __slots__ = ("label", "place", "real")

    def __init__(self, real: Any, place: Any, label: str | None) -> None:
        self.real = real
        self.place = place
        self.label = label

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def __call__(self, **named: Any) -> Any:
        return inside(self.event(), OF_OBJECT, self.real, **named)

    def event(self) -> Event:
        """Record the call, at the receiver's own first line."""
        # A quiet signal has no event of its own: the receiver's says where it was sent.
        frame = sys._getframe(2) if self.label is not None else None
        event = note("receiver", function_name(self.real), frame)
        if self.label is not None and event["file"] is not None:
            event["detail"]["via"] = [event["at"], *event["detail"].get("via", [])]
        if self.place is not None:
            event["file"], event["line"], event["function"] = event["at"] = self.place
        else:
            event["detail"]["django"] = True
        if self.label is not None:
            event["detail"]["signal"] = self.label
        return event


class AsyncReceiver(Receiver):
    """An asynchronous receiver: called at once, recorded while it is awaited."""

    __slots__ = ()

    def __call__(self, **named: Any) -> Any:
        return inside_async(self.event(), self.real(**named))


def _real(responses: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    return [
        (receiver.real if isinstance(receiver, Receiver) else receiver, response)
        for receiver, response in responses
    ]


def _quiet_label(signal: Signal, sender: Any) -> str:
    return f"{_django_name(signal)} of {sender_label(sender)}"


def _django_name(signal: Any) -> str:
    """Return the name of one of Django's own signals; looked for only when it is shown."""
    for name, module in list(sys.modules.items()):
        if name.startswith("django."):
            for attribute, value in list(vars(module).items()):
                if value is signal:
                    return attribute
    return "a signal"


def _signal_event(signal: Signal, sender: Any, named: dict[str, Any], frame: Any) -> Event:
    event = note(
        "signal",
        watch.names.get(id(signal), ""),
        frame,
        sender=sender_label(sender),
        receivers=0,
    )
    if not event["label"]:
        event["signal"] = id(signal), weakref.ref(signal)
    if "created" in named:
        event["created"] = bool(named["created"])
        outer = current.get()
        if outer is not None and outer.event["kind"] == "save":
            outer.event["created"] = event["created"]
    if named.get("raw"):
        event["raw"] = True
    if named.get("action"):
        event["action"] = str(named["action"])
    if isinstance(fields := named.get("update_fields"), (set, frozenset, list, tuple)):
        event["update_fields"] = sorted(map(str, fields))
    if isinstance(keys := named.get("pk_set"), (set, frozenset)):
        event["detail"]["pk_set"] = sorted(map(str, keys))[:20]
    return event


def resolve_names(events: list[Event], plain: frozenset[str], case: dict[str, Any]) -> None:
    """Give custom signals the names they have in modules that are not `plain`; else "?".

    The oracle looks in modules only: a signal of the case's own is "?", its name is in detail.
    """
    unnamed = [event for event in events if "signal" in event]
    if not unnamed:
        return
    names = dict(watch.auth)
    for module_name, module in list(sys.modules.items()):
        if module_name in plain or module_name.startswith("django."):
            continue
        for name, value in list(getattr(module, "__dict__", {}).items()):
            if isinstance(value, Signal) and id(value) not in watch.known:
                names.setdefault(id(value), name)
    own = {id(value): name for name, value in case.items() if isinstance(value, Signal)}
    for event in unnamed:
        key, reference = event.pop("signal")
        event["label"] = names.get(key, "?")
        if event["label"] == "?" and (signal := reference()) is not None:
            event["detail"]["name"] = own.get(key) or _django_name(signal)
