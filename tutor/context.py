"""What every page knows about the site."""

import platform

import django
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """Return the theme the learner chose and the versions that counts are measured with."""
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in ("light", "dark") else "",
        "django_version": django.get_version(),
        "python_version": platform.python_version(),
    }
