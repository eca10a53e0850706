"""Whether the site lives and can serve."""

import pytest
from django.db.migrations.recorder import MigrationRecorder


def test_it_lives_without_a_database(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_it_is_ready(client):
    assert client.get("/readyz").json() == {"ready": True, "database": "ok"}


@pytest.mark.django_db
def test_a_missing_migration_makes_it_unready(client):
    MigrationRecorder.Migration.objects.filter(app="tutor").delete()
    response = client.get("/readyz")
    assert response.status_code == 503 and "missing" in response.json()["database"]
