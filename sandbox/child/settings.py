"""The settings of a run, the same as the oracle's, and which of them leave the fast path open."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from django.conf import global_settings

MODULE = "labsettings"
ROOT_URLCONF = "laburls"
DATABASE = "db.sqlite3"

BASE_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
]

# Read when they are used, never at start-up: the loaded process need not know them before.
_READ_LATE = {
    "ADMINS", "ALLOWED_HOSTS", "DEFAULT_FROM_EMAIL", "EMAIL_BACKEND", "EMAIL_SUBJECT_PREFIX",
    "LOGIN_REDIRECT_URL", "LOGIN_URL", "LOGOUT_REDIRECT_URL", "MAILERS", "MANAGERS", "MIDDLEWARE",
    "SERVER_EMAIL",
}  # fmt: skip


class NoMigrations(dict[str, None]):
    """Says of every app that it has no migrations: tables come from the models."""

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: str) -> None:
        return None


def module(workdir: str, apps: list[str], own: Mapping[str, Any]) -> ModuleType:
    """Return the settings module of a run in `workdir`; the program's own settings come last."""
    settings = ModuleType(MODULE)
    contrib = "django.contrib"
    values: dict[str, Any] = {
        "__file__": os.path.join(workdir, f"{MODULE}.py"),
        "BASE": workdir,
        "SECRET_KEY": "lab",
        "DEBUG": False,
        "ALLOWED_HOSTS": ["*"],
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "INSTALLED_APPS": [*BASE_APPS, *apps],
        "MIDDLEWARE": [
            f"{contrib}.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            f"{contrib}.auth.middleware.AuthenticationMiddleware",
            f"{contrib}.messages.middleware.MessageMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        f"{contrib}.auth.context_processors.auth",
                        f"{contrib}.messages.context_processors.messages",
                    ]
                },
            }
        ],
        "ROOT_URLCONF": ROOT_URLCONF,
        "STATIC_URL": "/static/",
        "DATABASES": {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": os.path.join(workdir, DATABASE),
            }
        },
        "MIGRATION_MODULES": NoMigrations(),
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "DEFAULT_FROM_EMAIL": "noreply@example.com",
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "LOGGING_CONFIG": None,
    }
    settings.__dict__.update(values)
    settings.__dict__.update(own)
    return settings


def leave_fast_path_open(own: Mapping[str, Any]) -> bool:
    """Say whether a process set up without these settings runs the program just the same."""
    return all(
        _is_plain_database(value) if name == "DATABASES" else _is_read_late(name)
        for name, value in own.items()
    )


def _is_read_late(name: str) -> bool:
    # A name that Django does not know is read by the program alone.
    return name in _READ_LATE or not hasattr(global_settings, name)


def _is_plain_database(value: Any) -> bool:
    """Say whether DATABASES names one SQLite file in the run's folder, and no more."""
    default = value.get("default") if isinstance(value, dict) and len(value) == 1 else None
    return (
        isinstance(default, dict)
        and default.keys() <= {"ENGINE", "NAME", "ATOMIC_REQUESTS"}
        and default.get("ENGINE") == "django.db.backends.sqlite3"
        and isinstance(default.get("NAME"), str)
        and default["NAME"].isidentifier() | default["NAME"].endswith((".sqlite3", ".db"))
        and "/" not in default["NAME"]
        and ":" not in default["NAME"]
    )
