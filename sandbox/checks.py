"""`check --deploy` says what the sandbox of this machine can do."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register

from sandbox import client


@register(Tags.security, deploy=True)
def tier(**kwargs: Any) -> list[CheckMessage]:
    """Report a tier below full, and a sandbox that cannot be reached."""
    status = client.status()
    if not status.available:
        return [Error(f"The sandbox cannot run anything: {status.why}", id="sandbox.E001")]
    if status.tier == "full":
        return []
    hint = "See docs/operations.md and run: manage.py sandbox_selftest"
    message = f"The sandbox has the tier {status.tier}, not full. {status.why}"
    return [Warning(message, hint=hint, id="sandbox.W001")]
