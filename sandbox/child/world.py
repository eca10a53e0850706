"""What a process that has Django loaded knows, and how it forgets a run."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import tempfile
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from . import database, hooks, lab, machine, preload, settings, urls
from .hooks_signals import django_signals


class Remembered:
    """The state before a run: what forget() goes back to."""

    modules: frozenset[str]
    plain_modules: frozenset[str]
    configs: dict[str, Any]
    models: dict[str, dict[str, Any]]
    attributes: dict[type, frozenset[str]]
    receivers: list[tuple[Any, list[Any]]]
    bare_receivers: list[tuple[Any, list[Any]]]
    admin: dict[Any, Any]
    checks: set[Any]
    bare_checks: set[Any]
    prepared: list[str]
    signals: dict[int, Any]
    path: list[str]
    importers: frozenset[str]
    expected: tuple[str, list[str]] | None = None


known = Remembered()


class LabModules(MetaPathFinder, Loader):
    """Finds `laburls`, the root URLconf of a run, when it is first asked for."""

    def __init__(self) -> None:
        self.apps: list[str] = []

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return the spec of laburls, or None for any other module."""
        return ModuleSpec(fullname, self) if fullname == settings.ROOT_URLCONF else None

    def exec_module(self, module: ModuleType) -> None:
        """Fill the URLconf; what the program's urls raise is raised."""
        urls.fill(module, self.apps)


finder = LabModules()


def learn() -> None:
    """Load and set up Django with the base apps, once, and remember how things stand."""
    from django.apps import apps
    from django.core.checks.registry import registry

    os.environ["DJANGO_SETTINGS_MODULE"] = settings.MODULE
    sys.dont_write_bytecode = True
    sys.meta_path.append(finder)
    sys.modules["lab"] = lab
    with tempfile.TemporaryDirectory() as folder:
        use_settings(folder, [], {})
        preload.plain()
        machine.furnish()
        sys.modules["labmail"] = importlib.import_module("sandbox.child.labmail")
        known.plain_modules = frozenset(sys.modules)
        known.bare_receivers = _receivers()
        known.bare_checks = set(registry.registered_checks)
        known.prepared = _load_models(apps)
        known.receivers = _receivers()
        for config in apps.get_app_configs():
            config.ready()
        apps.ready = True
        apps.ready_event.set()
        preload.contrib()
        database.spare_the_disk()
        database.make_template(folder)
    _remember(apps)
    hooks.install()
    forget()
    gc.collect()
    gc.freeze()


def expect(workdir: str, apps: list[str]) -> None:
    """Get the settings ready for a run in `workdir` that has none of its own."""
    from django.db import connections

    use_settings(workdir, apps, {})
    connections["default"]  # reads the settings
    known.expected = workdir, apps


def use_settings(workdir: str, apps: list[str], own: dict[str, Any]) -> None:
    """Make these the settings, read anew when next asked for; nothing if they were expected."""
    from django.conf import settings as django_settings
    from django.utils.functional import empty

    if known.expected == (workdir, apps) and not own:
        known.expected = None
        return
    known.expected = None
    sys.modules[settings.MODULE] = settings.module(workdir, apps, own)
    sys.modules.pop(settings.ROOT_URLCONF, None)
    finder.apps = apps
    django_settings._wrapped = empty
    forget_settings()


def forget_settings() -> None:
    """Drop what was made from earlier settings: connections, templates, URLs, storages."""
    from asgiref.local import Local
    from django.core.cache import caches
    from django.core.files.storage import storages
    from django.core.management import get_commands
    from django.db import connections, router
    from django.forms.renderers import get_default_renderer
    from django.template import engines
    from django.template.engine import Engine
    from django.template.utils import get_app_template_dirs
    from django.urls import clear_url_caches, set_urlconf

    for handler in (connections, caches):
        handler._settings = None
        handler.__dict__.pop("settings", None)
        handler._connections = Local(handler.thread_critical)
    router.__dict__.pop("routers", None)
    router._routers = None
    engines.__dict__.pop("templates", None)
    engines._templates, engines._engines = None, {}
    storages.__dict__.pop("backends", None)
    storages._backends, storages._storages = None, {}
    Engine.get_default.cache_clear()
    get_commands.cache_clear()
    get_app_template_dirs.cache_clear()
    get_default_renderer.cache_clear()
    clear_url_caches()
    set_urlconf(None)


def _load_models(apps: Any) -> list[str]:
    """Do what apps.populate() does up to ready(); return the labels in order of preparation."""
    from django.apps import AppConfig
    from django.conf import settings as django_settings
    from django.db.models.signals import class_prepared

    labels: list[str] = []
    real = class_prepared.send

    def send(sender: Any, **named: Any) -> Any:
        labels.append(sender._meta.label)
        return real(sender, **named)

    class_prepared.send = send  # type: ignore[method-assign]

    for entry in django_settings.INSTALLED_APPS:
        config = AppConfig.create(entry)
        apps.app_configs[config.label] = config
        config.apps = apps
    apps.apps_ready = True
    for config in apps.app_configs.values():
        config.import_models()
    apps.clear_cache()
    apps.models_ready = apps.loading = True
    del class_prepared.send
    return labels


def _receivers() -> list[tuple[Any, list[Any]]]:
    return [(signal, list(signal.receivers)) for signal in django_signals().values()]


def _remember(apps: Any) -> None:
    from django.contrib import admin
    from django.core.checks.registry import registry

    for config in apps.get_app_configs():
        # Autodiscovery need not look for what is not there.
        sys.modules.setdefault(f"{config.name}.admin", None)  # type: ignore[arg-type]
    urls.base_admin.learn(admin.site)
    known.modules = frozenset(sys.modules)
    known.signals = django_signals()
    known.configs = dict(apps.app_configs)
    known.models = {label: dict(models) for label, models in apps.all_models.items()}
    known.attributes = {
        model: frozenset(vars(model))
        for models in known.models.values()
        for model in models.values()
    }
    known.admin = dict(admin.site._registry)
    known.checks = set(registry.registered_checks)
    known.path = list(sys.path)
    known.importers = frozenset(sys.path_importer_cache)


def forget() -> None:
    """Go back to the state after learn(): no program, models loaded, nothing ready."""
    from concurrent.futures import thread as pools

    from django.apps import apps
    from django.contrib import admin
    from django.contrib.contenttypes.models import ContentType
    from django.core import mail
    from django.core.checks.registry import registry

    for name in [name for name in sys.modules if name not in known.modules]:
        if not name.startswith("sandbox."):
            del sys.modules[name]
    for model, names in known.attributes.items():
        for name in [name for name in vars(model) if name not in names]:
            delattr(model, name)
    apps.all_models.clear()
    apps.all_models.update({label: dict(models) for label, models in known.models.items()})
    apps.app_configs = dict(known.configs)
    apps._pending_operations.clear()
    for config in apps.app_configs.values():
        config.models = apps.all_models[config.label]
    apps.ready = True
    apps.clear_cache()
    apps.apps_ready = apps.models_ready = apps.ready = apps.loading = False
    apps.ready_event.clear()
    for signal, receivers in known.receivers:
        signal.receivers = list(receivers)
        signal.sender_receivers_cache.clear()
    admin.site._registry = {}
    admin.site.__dict__.pop("urls", None)
    registry.registered_checks = set(known.checks)
    ContentType.objects.clear_cache()
    mail.outbox = []
    pools._shutdown = False
    sys.path[:] = known.path
    for path in sys.path_importer_cache.keys() - known.importers:
        del sys.path_importer_cache[path]


def unload() -> None:
    """Undo the set-up: contrib modules, registry and receivers go, as if it had never been."""
    from asgiref.local import Local
    from django.apps import apps
    from django.core.checks.registry import registry
    from django.utils import formats, timezone, translation
    from django.utils.translation import trans_real

    for name in [name for name in sys.modules if _is_set_up(name)]:
        module = sys.modules.pop(name)
        parent, _, last = name.rpartition(".")
        # "from package import module" would find the old one here.
        if module and vars(sys.modules.get(parent, sys)).get(last) is module:
            delattr(sys.modules[parent], last)
    apps.app_configs.clear()
    apps.all_models.clear()
    apps.loading = False
    apps.clear_cache()
    for signal, receivers in known.bare_receivers:
        signal.receivers = list(receivers)
        signal.sender_receivers_cache.clear()
    registry.registered_checks = set(known.bare_checks)
    timezone.get_default_timezone.cache_clear()
    formats.reset_format_cache()
    vars(translation._trans).clear()
    trans_real._translations, trans_real._default = {}, None
    trans_real._active = Local()


def _is_set_up(name: str) -> bool:
    return name.startswith("django.") and name not in known.plain_modules
