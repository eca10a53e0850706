"""A machine that cannot seal runs what comes with the site, and refuses the rest in words."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sandbox import selftest
from sandbox.client import Sandbox
from sandbox.gate import shipped
from sandbox.program import read_folder

from .conftest import end

ROOT = Path(__file__).resolve().parents[2]
CARDS = ROOT / "fixtures" / "cards"
DENIED = Path(__file__).with_name("denied.py")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="takes sealing away on Linux")


@pytest.fixture(scope="module")
def unsealable():
    with tempfile.TemporaryDirectory(prefix="signalbox-box-") as folder:
        sandbox = Sandbox(Path(folder), [sys.executable, "-P", str(DENIED), "unshare", "EPERM"])
        sandbox.options += ["--cards", str(CARDS)]
        yield sandbox
        end(sandbox)


@pytest.fixture
def seed():
    return read_folder(CARDS / "profile-update")


def test_the_tier_says_why(unsealable):
    state = unsealable.state()
    assert state.tier == "shipped-only"
    assert "unshare" in state.why


def test_what_comes_with_the_site_runs(unsealable, seed):
    report = next(unsealable.run_all([seed.job("buggy", "nested_save")]))
    assert (report.outcome, report.emails_sent, report.tier) == ("ok", 2, "shipped-only")


def test_one_changed_letter_is_refused_in_words(unsealable, seed):
    changed = {**seed.versions["buggy"]}
    name = next(name for name in changed if name.endswith(".py") and "case_" not in name)
    changed[name] += "\n# edited\n"
    seed.versions["buggy"].update(changed)
    reports = list(unsealable.run_all([seed.job("buggy", case) for case in seed.cases]))
    assert {report.outcome for report in reports} == {"refused"}
    assert "runs only the programs that come with the site" in reports[0].error.message


def test_the_selftest_does_not_call_broken_what_was_not_tried(unsealable):
    jobs = [selftest.job(name) for name in ("passwd", "cpu")]
    found = list(map(selftest.held, unsealable.run_all(jobs)))
    assert [(one.held, one.tried) for one in found] == [(False, False)] * 2


def test_limits_hold_without_sealing(unsealable, seed):
    report = next(unsealable.run_all([seed.job("buggy", "nested_save")], wall_s=0.001))
    assert report.outcome == "time_limit"


def test_every_case_of_every_card_is_shipped(seed):
    found = shipped(CARDS)
    assert {job.digest for job in seed.jobs()} <= found.jobs
    assert {job.base for job in seed.jobs()} <= found.bases
    assert shipped(None) == (frozenset(), frozenset())


def test_a_folder_with_mistakes_comes_with_nothing(tmp_path):
    good, empty, binary = (tmp_path / name for name in ("good", "empty", "binary"))
    for folder in (good, binary):
        (folder / "buggy").mkdir(parents=True)
        (folder / "case_one.py").write_text("RESULT = 1\n")
    (good / "buggy" / "models.py").write_text("")
    (binary / "buggy" / "models.py").write_bytes(b"\xff")
    empty.mkdir()
    (tmp_path / "README").write_text("Not a card.\n")
    assert shipped(tmp_path).jobs == {job.digest for job in read_folder(good).jobs()}


def test_the_command_says_that_it_refuses(tmp_path):
    (tmp_path / "snippet.py").write_text("print(1)\n")
    start = (
        "import sys, errno, runpy, pyseccomp as sc\n"
        "rules = sc.SyscallFilter(sc.ALLOW)\n"
        "rules.add_rule(sc.ERRNO(errno.EPERM), 'unshare')\n"
        "rules.load()\n"
        "sys.argv = ['manage.py', 'sandbox', sys.argv[1]]\n"
        "runpy.run_path('manage.py', run_name='__main__')\n"
    )
    with tempfile.TemporaryDirectory(prefix="signalbox-box-") as folder:
        env = {"PATH": os.environ["PATH"], "VAR_DIR": folder}
        done = subprocess.run(
            [sys.executable, "-c", start, str(tmp_path / "snippet.py")],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
        )
        end(Sandbox(Path(folder) / "sandbox"))
    assert done.returncode == 3, done.stderr
    assert "runs only the programs that come with the site" in done.stderr
    assert done.stdout == ""
