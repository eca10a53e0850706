"""The URLs of a run: the admin, then the urls module of each of the program's apps."""

from __future__ import annotations

import importlib.util
from types import ModuleType


def fill(module: ModuleType, apps: list[str]) -> None:
    """Fill the root URLconf; what importing the program's urls raises is passed on."""
    from django.contrib import admin
    from django.urls import include, path

    patterns: list[object] = [path("admin/", admin.site.urls)]
    for app in apps:
        name = app.split(".apps.")[0] + ".urls"
        if importlib.util.find_spec(name):
            patterns.append(path("", include(name)))
    module.__dict__["urlpatterns"] = patterns
