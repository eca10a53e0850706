"""Every attack is held: no breach, the right outcome, a small report, a host as it was before."""

import os
import platform
from pathlib import Path

import msgspec
import pytest

from sandbox import client
from sandbox.limits import limit
from sandbox.program import Job

from .harness import CANARY, PROGRAMS, comparable, host

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(platform.machine() != "x86_64", reason="system calls by x86-64 number"),
]

# Long enough for the slowest that ends by itself on a loaded machine; endless ones get less.
WALL_S, ENDLESS_WALL_S = 2.5, 1.2
CONTROL = Job(
    program="control",
    version="only",
    case="control",
    files={
        "models.py": "from django.db import models\n\n\nclass Note(models.Model):\n"
        "    text = models.TextField()\n"
    },
    action="from django.core.mail import send_mail\nfrom cardapp.models import Note\n"
    'Note.objects.create(text="x")\nsend_mail("s", "b", "a@example.com", ["b@example.com"])\n',
)


@pytest.fixture(scope="module")
def target():
    os.environ["SIGNALBOX_CANARY"] = CANARY  # in the site's environment, never in a child's
    try:
        with host() as target:
            yield target
    finally:
        del os.environ["SIGNALBOX_CANARY"]


@pytest.fixture(scope="module")
def control():
    """The report of an honest run before any attack."""
    state = client.status()
    assert state.tier == "full", state.why
    report = client.run(CONTROL)
    assert (report.outcome, report.emails_sent) == ("ok", 1), report.error
    return comparable(report)


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_is_held(name, target, control):
    program = PROGRAMS[name]
    wall_s = ENDLESS_WALL_S if program.expect == {"time_limit"} else WALL_S
    before = sorted(os.listdir(target["folder"]))
    for _ in range(1 + program.twice):
        report = client.run(program.job(target), timeout_s=wall_s)
        assert breaches(report) <= {program.allow}, breaches(report)
        assert report.outcome in program.expect, (report.outcome, report.error, report.stderr)
        assert len(msgspec.json.encode(report)) <= limit("report")
    assert sorted(os.listdir(target["folder"])) == before
    assert Path(target["victim_file"]).read_text() == "intact"
    assert Path(f"/proc/{target['pid']}").exists()
    assert comparable(client.run(CONTROL)) == control


def breaches(report):
    """Return what the program says it got through, by its result or its output."""
    said = [str(report.result), *report.stdout.splitlines()]
    return {text for text in said if "BREACH" in text or "FORGED" in text}
