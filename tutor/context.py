"""What every page knows about the site."""

import platform
from typing import Any

import django
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tutor import learner, zone
from tutor.instructor import teaches
from tutor.models import Live, Problem

THEMES = [("", "System"), ("light", "Light"), ("dark", "Dark")]


def site(request: HttpRequest) -> dict[str, Any]:
    """Return what the learner chose for every page, and what counts are measured with."""
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in ("light", "dark") else "",
        "themes": THEMES,
        "keys_off": request.COOKIES.get("keys") == "off",
        "teaches": hasattr(request, "user") and teaches(request.user),
        # Asked of the database by the pages that show it only.
        "in_class": SimpleLazyObject(lambda: _in_class(request)),
        "answered": SimpleLazyObject(lambda: _answered(request)),
        "zone": zone.words(zone.current()),
        "django_version": django.get_version(),
        "python_version": platform.python_version(),
    }


def _in_class(request: HttpRequest) -> list[Live]:
    """Return what is shown in the groups of whoever asks, but for the page they are on."""
    who = learner.known(request) if hasattr(request, "session") else None
    if who is None:
        return []
    shown = Live.objects.filter(closed_at=None, group__memberships__learner=who)
    return [each for each in shown.select_related("group") if request.path != each.classroom]


def _answered(request: HttpRequest) -> set[int]:
    """Return the cards of which a problem that this learner told has an unread answer."""
    who = learner.known(request) if hasattr(request, "session") else None
    if who is None:
        return set()
    told = Problem.objects.filter(learner=who).unread()
    return set(told.values_list("card", flat=True))
