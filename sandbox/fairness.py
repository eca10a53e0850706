"""Who may run when: a bounded number of callers, and a token bucket for each learner.

There is one fork server for all web workers, so what is counted here is exact.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable

from sandbox.limits import limit

LEARNERS_KEPT = 10_000


class Refused(Exception):
    """This caller must come back later; the text says why, to a learner."""


class Fairness:
    """Counts callers, in all and for each learner. `who` is opaque; an empty one has no bucket."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._callers = 0
        self._lines: dict[str, deque[Hashable]] = {}
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admit(self, who: str, caller: Hashable) -> None:
        """Let a caller in; raise Refused if all places, or this learner's, are taken."""
        if self._callers >= limit("tickets"):
            raise Refused("Too many people are running code right now. Try again in a moment.")
        if who:
            if len(self._lines.get(who, ())) >= limit("tickets_each"):
                raise Refused("You already have one run going and one waiting.")
            self._take_token(who)
            self._lines.setdefault(who, deque()).append(caller)
        self._callers += 1

    def leave(self, who: str, caller: Hashable) -> None:
        """Give a caller's place back."""
        self._callers -= 1
        if who:
            line = self._lines[who]
            line.remove(caller)
            if not line:
                del self._lines[who]

    def is_first(self, who: str, caller: Hashable) -> bool:
        """Whether this caller's runs may go: a learner has one going, the other waits."""
        return not who or self._lines[who][0] == caller

    def _take_token(self, who: str) -> None:
        now = self._now()
        full = float(limit("bucket"))
        tokens, since = self._buckets.pop(who, (full, now))
        tokens = min(full, tokens + (now - since) * limit("refill") / 60)
        if tokens < 1:
            self._buckets[who] = (tokens, now)
            wait = round((1 - tokens) * 60 / limit("refill")) or 1
            raise Refused(f"That was many runs in a short time. Try again in {wait} s.")
        self._buckets[who] = (tokens - 1, now)
        if len(self._buckets) > LEARNERS_KEPT:
            self._buckets.popitem(last=False)  # the one idle for longest; its bucket is full again
