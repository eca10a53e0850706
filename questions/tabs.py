"""Two tabs on one text: what the older one sends overwrites the newer only when asked twice.

A form carries the mark of what it was made from, in the field `seen`.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from django.http import HttpResponse

ELSEWHERE = (
    "Another tab changed this code since. To keep what is here in place of that, run it once more."
)


def mark(kept: Any) -> str:
    """Return a short hash of what is kept."""
    text = msgspec.json.encode(kept, order="deterministic")
    return hashlib.sha256(text).hexdigest()[:16]


def refused(why: str, now: str) -> HttpResponse:
    """Say that a draft was not kept; of another tab's, with the mark of what is there `now`."""
    headers = {"X-Elsewhere": now} if why == ELSEWHERE else {}
    return HttpResponse(f"Not kept. {why}", content_type="text/plain", headers=headers)


def is_older(seen: str | None, kept: Any, typed: Any) -> bool:
    """Return whether a form of `seen` would overwrite what another tab has kept since."""
    return bool(seen) and seen != mark(kept) and kept != typed
