"""The first page of the admin says what the sandbox of this machine is."""

import os
import sys
import tempfile
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from questions.templatetags.authoring import TIERS
from sandbox import client as sandbox
from sandbox import report
from tests.sandbox.conftest import end

pytestmark = pytest.mark.django_db


@pytest.fixture
def front(client):
    client.force_login(User.objects.create_superuser("root"))
    return lambda: " ".join(client.get(reverse("admin:index")).text.split())


def test_it_works(front):
    tier = sandbox.status().tier
    assert f'Sandbox: <strong>{tier}</strong> <span class="help">{TIERS[tier]}.' in front()


def test_a_sandbox_that_does_not_answer_is_no_error(front, settings):
    settings.SANDBOX_DIR = Path(os.devnull, "sandbox")
    said = front()
    assert "Sandbox: <strong>none</strong>" in said and "nothing can run. Why no better:" in said


@pytest.fixture
def unsealable(monkeypatch):
    """Make this a machine that cannot seal: a real server, to which the kernel refuses it."""
    denied = Path(__file__).parents[1] / "sandbox" / "denied.py"
    with tempfile.TemporaryDirectory(prefix="signalbox-box-") as folder:
        box = sandbox.Sandbox(Path(folder), [sys.executable, "-P", str(denied), "unshare", "EPERM"])
        monkeypatch.setattr(sandbox, "default", lambda: box)
        yield
        end(box)


@pytest.mark.skipif(sys.platform != "linux", reason="takes sealing away on Linux")
def test_what_is_refused_was_not_measured(client, unsealable):
    found = client.post("/playground/", {"do": "run"}, follow=True).text
    assert "runs only the programs that come with the site" in found
    assert "measured at" not in found and "Share this run" not in found


@pytest.mark.skipif(sys.platform != "linux", reason="takes sealing away on Linux")
def test_instructors_are_told_why_a_machine_does_not_seal(front, unsealable):
    said = front()
    assert "Sandbox: <strong>shipped-only</strong>" in said and "unshare" in said


def test_every_tier_has_its_words():
    assert set(TIERS) == {*report.Tier.__args__, "none"}
