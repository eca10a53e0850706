"""Start the program's apps in a process where the base apps are loaded, in Django's own order."""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections import Counter
from typing import Any

from ..program import Job
from ..snippet import UNREADABLE
from . import settings, world
from .hooks_signals import django_signals, watch
from .recorder import note, recording

# What is imported anyway before the first app config is made.
_EARLY = re.compile(
    r"django|django\.(apps|conf|core|db|dispatch|utils|http|urls|template|views|test|forms)(\..*)?"
    r"|django\.contrib|django\.contrib\.(admin|auth)"
)


# Changes a model's field or options: those of the base apps have been asked what they are.
_ALTERS = re.compile(r"_meta\.\w+\s*=[^=]|\.(_unique|max_length|null|blank|validators)\s*=[^=]")


def has_own_world(job: Job) -> bool:
    """Say whether this job must not start from a process that is set up with the base apps."""
    if not settings.leave_fast_path_open(job.settings):
        return True
    if not {app.split(".apps.")[0] for app in job.apps}.isdisjoint(settings.BASE_APPS):
        return True
    for path, text in job.files.items():
        if not path.endswith(".py"):
            continue
        if not path.endswith("admin.py") and re.search(r"unregister|_registry", text):
            return True
        if _ALTERS.search(text):
            return True
        if path.endswith(("__init__.py", "apps.py")) and not _starts_early(text):
            return True
    return False


def _starts_early(text: str) -> bool:
    """Say whether a file can be imported before any model is loaded, as Django does with it."""
    try:
        tree = ast.parse(text)
    except UNREADABLE:
        return True  # fails the same way on every path
    late = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef))
        for inner in ast.walk(method)
    }
    return all(_is_early(node) for node in ast.walk(tree) if id(node) not in late)


def _is_early(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [node.module or ""]
        if node.level:
            return False
        if node.module in ("django.contrib", "django.contrib.admin", "django.contrib.auth"):
            return False
    else:
        return not _imports_by_name(node)
    return all(_EARLY.fullmatch(name) or not name.startswith("django") for name in names)


def _imports_by_name(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
    return called in ("__import__", "exec", "eval", "import_module", "import_string")


def start_fast(apps_wanted: list[str]) -> None:
    """Add the apps to the loaded registry: what django.setup() does, step by step."""
    from django.apps import AppConfig, apps
    from django.conf import settings as django_settings
    from django.contrib import admin
    from django.core.exceptions import ImproperlyConfigured
    from django.urls import set_script_prefix

    _ = django_settings.DEBUG  # read before a program can configure() others
    set_script_prefix("/")
    apps.loading = True
    with apps._lock:
        for entry in apps_wanted:
            config = AppConfig.create(entry)
            if config.label in apps.app_configs:
                raise ImproperlyConfigured(
                    f"Application labels aren't unique, duplicates: {config.label}"
                )
            apps.app_configs[config.label] = config
            config.apps = apps
        counts = Counter(config.name for config in apps.app_configs.values())
        if duplicates := [name for name, count in counts.most_common() if count > 1]:
            raise ImproperlyConfigured(
                f"Application names aren't unique, duplicates: {', '.join(duplicates)}"
            )
        apps.apps_ready = True
        _tell_prepared()
        for config in apps.app_configs.values():
            config.import_models()
        apps.clear_cache()
        apps.models_ready = True
        _register_base_admin(admin.site)
        for config in apps.get_app_configs():
            config.ready()
        apps.ready = True
        apps.ready_event.set()


def _tell_prepared() -> None:
    """Record the models that a cold start would prepare here; a failed start shows them."""
    if recording.on:
        for label in world.known.prepared:
            event = note("signal", "?", None, sender=label, receivers=0)
            event["detail"]["name"] = "class_prepared"


def _register_base_admin(site: Any) -> None:
    """Let autodiscovery find the base apps' admin registered, or meet what the program did."""
    early = set(site._registry)
    if early.isdisjoint(world.known.admin):
        site._registry.update(world.known.admin)
        return
    del sys.modules["django.contrib.auth.admin"]
    importlib.invalidate_caches()


def start_general() -> None:
    """Set Django up from nothing, as a cold start does."""
    import django

    world.unload()
    django.setup()


def load_urls() -> None:
    """Import the URLs as the first request would."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - imports the program's urls


def know_signals(*, general: bool) -> None:
    """From now on Django's own signals are not the program's; a cold start made some anew."""
    seen = frozenset() if general else world.known.modules
    known = {} if general else world.known.signals
    watch.learn({**known, **django_signals(seen)})
    watch.hush()
