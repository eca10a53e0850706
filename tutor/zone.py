"""The time zone of whoever reads: what their browser says in a cookie, else UTC."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

COOKIE = "zone"
SECONDS = 365 * 24 * 3600
PLACES = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe",
    "Indian", "Pacific",
)  # fmt: skip


@cache
def names() -> frozenset[str]:
    """Return the names of the zones that this machine knows; UTC is always one."""
    return frozenset({*available_timezones(), "UTC"})


def named(name: str) -> ZoneInfo | None:
    """Return the zone of this name, or None."""
    return ZoneInfo(name) if name in names() else None


def of(request: HttpRequest) -> ZoneInfo:
    """Return the zone that the browser's cookie names, else UTC."""
    return named(request.COOKIES.get(COOKIE, "")) or ZoneInfo("UTC")


def current() -> str:
    """Return the name of the zone in which times are shown just now."""
    return str(timezone.get_current_timezone())


def words(name: str) -> str:
    """Return how a zone is called after a time: "Berlin time", "UTC"."""
    place, _, town = name.partition("/")
    return f"{_town(town)} time" if place in PLACES else name


def choices(also: str) -> list[tuple[str, str | list[tuple[str, str]]]]:
    """Return all zones by continent, UTC first; and `also`, whatever zone that is."""
    found: list[tuple[str, str | list[tuple[str, str]]]] = [("UTC", "UTC")]
    if also != "UTC" and also.partition("/")[0] not in PLACES:
        found.append((also, also))
    for place in PLACES:
        inside = sorted(name for name in names() if name.startswith(f"{place}/"))
        towns = [(name, name.partition("/")[2].replace("_", " ")) for name in inside]
        found += [(place, towns)] if towns else []
    return found


def remember(response: HttpResponse, name: str) -> HttpResponse:
    """Keep a zone that was chosen for browsers without scripts; the script keeps its own."""
    if name:
        response.set_cookie(COOKIE, name, max_age=SECONDS, samesite="Lax")
    return response


def _town(path: str) -> str:
    return path.rpartition("/")[2].replace("_", " ")
