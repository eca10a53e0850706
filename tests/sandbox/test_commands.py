"""The two commands, as somebody types them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASE = "# intent: 1 | one save\nfrom cardapp.models import Note\nNote.objects.create()\n"
MODELS = """
from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver

class Note(models.Model):
    pass

@receiver(post_save, sender=Note)
def tell(sender, **kwargs):
    send_mail("Saved", "", None, ["a@example.com"])
"""


@pytest.fixture
def program(tmp_path):
    for version, models in {"buggy": MODELS * 2, "fixed": MODELS}.items():
        (tmp_path / "twice" / version).mkdir(parents=True)
        (tmp_path / "twice" / version / "models.py").write_text(models)
    (tmp_path / "twice" / "buggy" / "models.py").write_text(MODELS + "\ntell2 = receiver(")
    (tmp_path / "twice" / "case_create.py").write_text(CASE)
    return tmp_path / "twice"


def manage(*args):
    env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "manage.py", *map(str, args)]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)


def test_it_prints_the_ledger_without_a_secret_or_a_database(program):
    done = manage("sandbox", program)
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines()[:2]]
    assert rows[0] == ["case", "wanted", "buggy", "fixed"]
    assert rows[1] == ["create", "1", "0", "not", "wanted", "import:SyntaxError", "1", "ok"]


def test_json_is_all_that_is_printed(program):
    done = manage("sandbox", program, "--version", "fixed", "--repeat", "3", "--json")
    data = json.loads(done.stdout)
    assert data["program"] == "twice"
    assert [run["emails_sent"] for run in data["runs"]] == [1, 1, 1]
    assert [run["outcome"] for run in data["runs"]] == ["ok"] * 3


def test_a_program_does_not_write_to_the_terminal(tmp_path):
    file = tmp_path / "snippet.py"
    file.write_text('raise type("\\x1b]0;owned\\x07Odd\\n\\u202eName", (Exception,), {})\n')
    done = manage("sandbox", file)
    assert "case:Odd Name" in done.stdout
    assert not set(done.stdout) & {"\x1b", "\x07", "\u202e"}


def test_one_file_is_a_program(tmp_path):
    file = tmp_path / "snippet.py"
    file.write_text(MODELS + "\nNote.objects.create()\nNote.objects.create()\n")
    data = json.loads(manage("sandbox", file, "--json").stdout)
    assert [(run["case"], run["emails_sent"]) for run in data["runs"]] == [("as_written", 2)]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--version", "none"], "no version 'none'"),
        (["--case", "none"], "no case 'none'"),
        (["--repeat", "0"], "--repeat"),
    ],
)
def test_bad_arguments_are_named(program, args, said):
    done = manage("sandbox", program, *args)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_a_malformed_program_gets_a_line_a_mistake(tmp_path):
    done = manage("sandbox", tmp_path / "nowhere")
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    (tmp_path / "buggy").mkdir()
    (tmp_path / "project.json").write_text('{"aps": []}')
    done = manage("sandbox", tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) >= 2


def test_the_selftest_names_the_tier():
    done = manage("sandbox_selftest", "--json")
    data = json.loads(done.stdout)
    broken = [probe for probe in data["probes"] if not probe["held"]]
    assert (data["status"]["tier"], broken) == ("full", [])
    assert len(data["probes"]) >= 15
    assert done.returncode == 0
