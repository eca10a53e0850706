"""Fixtures of all tests."""

import pytest

from sandbox import client


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request, tmp_path_factory, django_db_modify_db_settings_parallel_suffix
):
    """Give a live server a database in a file, for then each of its threads has its own connection.

    In memory all threads share the connection of the test, and two requests at a time can end in
    "cannot open savepoint - SQL statements in progress".
    """
    if any("live_server" in getattr(item, "fixturenames", ()) for item in request.session.items):
        from django.conf import settings

        path = tmp_path_factory.mktemp("database") / "tests.sqlite3"
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(path)


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """Begin after the database: a server that sees one in memory shares the connection."""
    return live_server


def pytest_sessionfinish():
    """Let the site's own fork server end, if a test started it; others may still be using it."""
    client.default().retire()
