"""Put the recorder's wrappers around methods of Django's classes, and take them off again."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

Wrapper = Callable[..., Any]

_ABSENT = object()
_wrapped: list[tuple[Any, str, Any]] = []


def wrap(owner: Any, name: str, wrapper: Callable[[Wrapper], Wrapper]) -> None:
    """Replace a method of `owner` by what the wrapper makes of it."""
    original = vars(owner)[name]
    _wrapped.append((owner, name, original))
    setattr(owner, name, functools.update_wrapper(wrapper(original), original))


def add(owner: Any, name: str, value: Any) -> None:
    """Give `owner` an attribute that it has not got of its own."""
    assert name not in vars(owner)  # noqa: S101 - wrap() is for what is there
    _wrapped.append((owner, name, _ABSENT))
    setattr(owner, name, value)


def install() -> None:
    """Put every wrapper on; do nothing if they are on."""
    if _wrapped:
        return
    from . import hooks_database, hooks_models, hooks_other, hooks_signals

    hooks_signals.install()
    hooks_models.install()
    hooks_database.install()
    hooks_other.install()


def uninstall() -> None:
    """Take every wrapper off: Django is as it was."""
    while _wrapped:
        owner, name, original = _wrapped.pop()
        if original is _ABSENT:
            delattr(owner, name)
        else:
            setattr(owner, name, original)
