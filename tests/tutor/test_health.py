"""Whether the site lives and can serve."""

import os
from pathlib import Path

import pytest
from django.db.migrations.recorder import MigrationRecorder

from sandbox import client as sandbox


def test_it_lives_without_a_database(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_it_is_ready(client):
    said = {"ready": True, "database": "ok", "sandbox": sandbox.status().tier}
    assert client.get("/readyz").json() == said


@pytest.mark.django_db
def test_it_is_ready_without_a_sandbox_and_says_so(client, settings):
    settings.SANDBOX_DIR = Path(os.devnull, "sandbox")
    response = client.get("/readyz")
    assert response.status_code == 200 and response.json()["sandbox"] == "does not answer"


@pytest.mark.django_db
def test_a_missing_migration_makes_it_unready(client):
    MigrationRecorder.Migration.objects.filter(app="tutor").delete()
    response = client.get("/readyz")
    assert response.status_code == 503 and "missing" in response.json()["database"]
