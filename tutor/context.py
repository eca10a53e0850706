"""What every page knows about the site."""

import platform
from typing import Any

import django
from django.http import HttpRequest

from tutor import zone
from tutor.instructor import teaches

THEMES = [("", "System"), ("light", "Light"), ("dark", "Dark")]


def site(request: HttpRequest) -> dict[str, Any]:
    """Return what the learner chose for every page, and what counts are measured with."""
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in ("light", "dark") else "",
        "themes": THEMES,
        "keys_off": request.COOKIES.get("keys") == "off",
        "teaches": hasattr(request, "user") and teaches(request.user),
        "zone": zone.words(zone.current()),
        "django_version": django.get_version(),
        "python_version": platform.python_version(),
    }
