"""The run's database: a template made once, and the program's tables as migrate makes them."""

from __future__ import annotations

import os
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.db.models.signals import post_migrate, pre_migrate

from .settings import BASE_APPS, DATABASE

_template = b""

# Code that can see or change what migrate does beyond making tables.
_LISTENS = re.compile(
    r"pre_migrate|post_migrate|class_prepared|__init_subclass__|metaclass|deconstruct|add_to_class"
    r"|contribute_to_class|use_in_migrations|class\s+\w+\([^)]*(Field|Key)\b|connection_created"
    r"|migrations|router|app_label"
)


def spare_the_disk() -> None:
    """Keep SQLite's journal in memory and wait for no disk: a run's database outlives no run.

    Commits, rollbacks, savepoints and locks are as ever (sqlite.org/pragma.html).
    """
    from django.db.backends.sqlite3.base import DatabaseWrapper

    connect = DatabaseWrapper.get_new_connection

    def get_new_connection(self: Any, conn_params: Any) -> Any:
        connection = connect(self, conn_params)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = MEMORY")
        return connection

    DatabaseWrapper.get_new_connection = get_new_connection  # type: ignore[method-assign]


def make_template(folder: str) -> None:
    """Migrate the base apps in `folder` and keep the bytes of the database."""
    global _template
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    connections.close_all()
    _template = Path(folder, DATABASE).read_bytes()


def migrate(sources: list[str], base: dict[str, dict[str, Any]] | None) -> None:
    """Make the tables of every model, with the rows and the errors that `migrate` gives.

    `base` holds the models of the template by app label; None starts with an empty file.
    """
    from django.db import connections

    connection = connections["default"]
    name = str(connection.settings_dict["NAME"])
    if _is_plain(sources, base) and connection.connection is None and not os.path.exists(name):
        try:
            if base is not None:
                Path(name).write_bytes(_template)
            _add_tables(connection, base or {})
            return
        except Exception:  # the real command says what is wrong, in its own words
            connection.close()
            Path(name).unlink(missing_ok=True)
    migrate_for_real()


def migrate_for_real() -> None:
    """Run the management command."""
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)


def _is_plain(sources: list[str], base: dict[str, dict[str, Any]] | None) -> bool:
    """Say whether making the tables and no more is what `migrate` would do."""
    from django.apps import apps
    from django.conf import settings

    if apps._pending_operations or any(_LISTENS.search(source) for source in sources):
        return False
    # Only auth and contenttypes listen, and nobody looks at the statements.
    if (len(pre_migrate.receivers), len(post_migrate.receivers)) != (1, 2) or settings.DEBUG:
        return False
    if base is None:
        plain = settings.DATABASES.keys() == {"default"} and not settings.DATABASE_ROUTERS
        return plain and set(BASE_APPS) <= {config.name for config in apps.get_app_configs()}
    return all(apps.all_models[label].keys() == models.keys() for label, models in base.items())


def _add_tables(connection: Any, base: dict[str, dict[str, Any]]) -> None:
    from django.apps import apps
    from django.db import router
    from django.utils.module_loading import module_has_submodule

    configs = [config for config in apps.get_app_configs() if config.label not in base]
    for config in configs:
        if module_has_submodule(config.module, "management"):
            import_module(".management", config.name)
    with connection.schema_editor() as editor:
        for config in configs:
            if config.models_module is None:
                continue
            for model in router.get_migratable_models(
                config, connection.alias, include_auto_created=False
            ):
                if model._meta.can_migrate(connection):
                    editor.create_model(model)
    with connection.cursor() as cursor:
        for config in configs:
            if config.models_module is not None:
                _add_types(cursor, config)


def _add_types(cursor: Any, config: Any) -> None:
    """Insert content types, then permissions, in the order of create_permissions()."""
    from django.contrib.auth.management import _get_all_permissions

    models = list(config.get_models())
    ids: dict[str, int] = {}
    names = dict.fromkeys(str(model._meta.model_name) for model in models)
    for name in sorted(names) if django.VERSION >= (6, 1) else names:
        cursor.execute(
            "INSERT INTO django_content_type (app_label, model) VALUES (%s, %s)",
            [config.label, name],
        )
        ids[name] = cursor.lastrowid
    rows = [
        (permission_name, ids[model._meta.model_name], codename)
        for model in models
        for codename, permission_name in _get_all_permissions(model._meta)
    ]
    if any(len(row[0]) > 255 for row in rows):
        raise ValueError("a permission's name is too long")
    cursor.executemany(
        "INSERT INTO auth_permission (name, content_type_id, codename) VALUES (%s, %s, %s)",
        rows,
    )
