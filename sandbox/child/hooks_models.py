"""Saves, deletes, updates, bulk operations and many-to-many changes."""

from __future__ import annotations

import sys
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.fields import related_descriptors

from .hooks import Wrapper, wrap
from .recorder import OF_METHOD, current, inside, note, recording

_M2M_VERBS = ("add", "remove", "clear", "set")


def install() -> None:
    """Wrap what writes rows."""
    wrap(Model, "save_base", _save_base)
    wrap(Model, "delete", _delete)
    wrap(QuerySet, "delete", _rows("delete", "delete"))
    wrap(QuerySet, "update", _rows("update", "update"))
    wrap(QuerySet, "bulk_create", _rows("bulk_create", "bulk_create"))
    wrap(QuerySet, "bulk_update", _rows("bulk_update", "bulk_update"))
    wrap(related_descriptors, "create_forward_many_to_many_manager", _m2m_manager)


def _save_base(original: Wrapper) -> Wrapper:
    def save_base(self: Model, *args: Any, **kwargs: Any) -> Any:
        if not recording.on:
            return original(self, *args, **kwargs)
        event = note("save", f"{type(self).__name__}.save()", sys._getframe(1))
        event["sender"] = self._meta.label
        if kwargs.get("raw") or (args and args[0]):
            event["raw"] = True
        if (fields := kwargs.get("update_fields")) is not None:
            event["update_fields"] = sorted(map(str, fields))
        return inside(event, OF_METHOD, original, self, *args, **kwargs)

    return save_base


def _delete(original: Wrapper) -> Wrapper:
    def delete(self: Model, *args: Any, **kwargs: Any) -> Any:
        if not recording.on:
            return original(self, *args, **kwargs)
        event = note("delete", f"{type(self).__name__}.delete()", sys._getframe(1))
        event["sender"] = self._meta.label
        return inside(event, OF_METHOD, original, self, *args, **kwargs)

    return delete


def _rows(kind: str, verb: str) -> Any:
    """Make the wrapper of a method of QuerySet that writes many rows."""

    def wrapper(original: Wrapper) -> Wrapper:
        def write(self: QuerySet[Any], *args: Any, **kwargs: Any) -> Any:
            scope = current.get() if recording.on else None
            # bulk_update() is made of update()s: one event says it.
            within = scope is not None and scope.event["kind"] == "bulk_update"
            if not recording.on or (within and kind == "update"):
                return original(self, *args, **kwargs)
            event = note(kind, f"{self.model.__name__} {verb}()", sys._getframe(1))
            event["sender"] = self.model._meta.label
            if kind == "update":
                event["update_fields"] = sorted(map(str, kwargs))
            return inside(event, OF_METHOD, original, self, *args, **kwargs)

        return write

    return wrapper


def _m2m_manager(original: Wrapper) -> Wrapper:
    def create_forward_many_to_many_manager(*args: Any, **kwargs: Any) -> Any:
        manager = original(*args, **kwargs)
        for verb in _M2M_VERBS:
            if verb in vars(manager):
                wrap_m2m(manager, verb)
        return manager

    return create_forward_many_to_many_manager


def wrap_m2m(manager: Any, verb: str) -> None:
    """Wrap one verb of a manager class made for one relation."""
    original = vars(manager)[verb]

    def change(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not recording.on:
            return original(self, *args, **kwargs)
        name = f"{type(self.instance).__name__}.{self.prefetch_cache_name}.{verb}()"
        event = note("m2m", name, sys._getframe(1), action=verb)
        event["sender"] = self.through._meta.label
        return inside(event, OF_METHOD, original, self, *args, **kwargs)

    change.__dict__.update(vars(original))
    change.__name__, change.__qualname__ = original.__name__, original.__qualname__
    setattr(manager, verb, change)
