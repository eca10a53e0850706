"""The URLs of a run: the admin, then the urls module of each of the program's apps."""

from __future__ import annotations

import importlib.util
from types import ModuleType
from typing import Any


class Admin:
    """The admin's URLs for the base apps alone: most programs add nothing to them."""

    site: Any = None
    registry: dict[Any, Any] | None = None
    urls: Any = None

    def learn(self, site: Any) -> None:
        """Make the URLs of what is registered now."""
        self.site, self.registry, self.urls = site, dict(site._registry), site.urls

    def of(self, site: Any) -> Any:
        """Return a site's URLs: made anew unless they are sure to be those learnt."""
        same = site is self.site and site._registry == self.registry
        return self.urls if same and "get_urls" not in vars(site) else site.urls


base_admin = Admin()


def fill(module: ModuleType, apps: list[str]) -> None:
    """Fill the root URLconf; what importing the program's urls raises is passed on."""
    from django.contrib import admin
    from django.urls import include, path

    patterns: list[object] = [path("admin/", base_admin.of(admin.site))]
    for app in apps:
        name = app.split(".apps.")[0] + ".urls"
        if importlib.util.find_spec(name):
            patterns.append(path("", include(name)))
    module.__dict__["urlpatterns"] = patterns
