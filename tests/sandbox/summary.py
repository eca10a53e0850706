"""The oracle's summary, made from a report: what is compared, and nothing else."""

from typing import Any


def summary(report: dict[str, Any]) -> dict[str, Any]:
    """Return emails, recipients, error, to, rows, result and the first 40 signals of a report."""
    error = report["error"]
    return {
        "emails": report["emails_sent"],
        "recipients": report["recipients"],
        "error": f"{error['phase']}:{error['type']}" if error else None,
        "to": sorted(_addresses(email) for email in report["emails"][:60]),
        "rows": None if error and error["phase"] == "process" else report["rows"],
        "result": report["result"],
        "signals": [_signal(event) for event in report["events"] if event["kind"] == "signal"][:40],
    }


def _addresses(email: dict[str, Any]) -> str:
    marked = [f"{field}:{address}" for field in ("cc", "bcc") for address in email[field]]
    return ",".join(email["to"] + marked)


def _signal(event: dict[str, Any]) -> str:
    said = f"{event['label']} {event.get('sender')}"
    if event.get("created"):
        said += "+"
    if event.get("raw"):
        said += " raw"
    if event.get("action"):
        said += f" {event['action']}"
    return said
