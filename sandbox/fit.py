"""Make a report fit its limit: what is least needed goes first, and what went is marked."""

from __future__ import annotations

from typing import Any

import msgspec

from sandbox.limits import KIB, limit

ROOM = 1 * KIB
BODY_KEPT = 200  # characters of a body, where bodies must shrink


def fit(told: dict[str, Any]) -> bytes:
    """Return the report as JSON within its limit; the counts in it stay what they were."""
    most = limit("report") - ROOM
    body = msgspec.json.encode(told)
    if len(body) <= most:
        return body
    told = dict(told)
    if len(msgspec.json.encode(told.get("result"))) > most // 4:
        told["result"] = "(cut)"
    if len(msgspec.json.encode(told["rows"])) > most // 8:
        told["rows"] = {"?": "TooLong"}
    told["emails"] = [_short(email) for email in told["emails"]]
    _cut(told, "emails", most // 2)
    rest = {**told, "events": []}
    _cut(told, "events", most - len(msgspec.json.encode(rest)))
    return msgspec.json.encode(told)


def _short(email: dict[str, Any]) -> dict[str, Any]:
    body = email["body"]
    if len(body) > BODY_KEPT:
        body = body[:BODY_KEPT] + "…"
    return {**email, "body": body, "alternatives": [], "attachments": []}


def _cut(told: dict[str, Any], key: str, most: int) -> None:
    """Keep the first of a list that fit in so many bytes, and mark what is gone."""
    kept, size = [], 2
    for each in told[key]:
        size += len(msgspec.json.encode(each)) + 1
        if size > most:
            told[f"{key}_cut"] = True
            break
        kept.append(each)
    told[key] = kept
