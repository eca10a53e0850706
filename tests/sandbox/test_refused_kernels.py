"""A kernel, or a container, that refuses what sealing needs: named, and never run unsealed."""

import sys
from pathlib import Path

import pytest

from sandbox import selftest
from sandbox.client import Sandbox

from .conftest import end

DENIED = Path(__file__).with_name("denied.py")
NAMESPACES = ["unshare", "setns", "mount", "umount2", "pivot_root"]
ALWAYS = [
    "setresuid", "setresgid", "setgroups", "capset", "capget", "prctl", "seccomp", "prlimit64",
    "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "setsid",
]  # fmt: skip
FALLBACK = ["close_range", "madvise", "pidfd_open", "pidfd_send_signal"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="Linux only"),
]


@pytest.fixture
def refusing(tmp_path):
    made = []

    def make(call, number, *options):
        command = [sys.executable, "-P", str(DENIED), call, number]
        made.append(Sandbox(tmp_path / f"{call}-{number}", command))
        made[-1].options += options
        return made[-1]

    yield make
    for sandbox in made:
        end(sandbox)


def broken(sandbox):
    """Attack; return what was not held."""
    jobs = [selftest.job(name) for name in selftest.QUICK]
    return [held for held in map(selftest.held, sandbox.run_all(jobs)) if not held.held]


@pytest.mark.parametrize("number", ["EPERM", "ENOSYS"])
@pytest.mark.parametrize("call", NAMESPACES + ALWAYS)
def test_without_a_call_nothing_runs_unsealed(refusing, call, number, job):
    sandbox = refusing(call, number)
    state = sandbox.state()
    reports = list(sandbox.run_all([job("RESULT = 1")] * 3))
    if state.tier == "full" and not state.why:
        # It could be done without: then everything must hold.
        assert broken(sandbox) == []
        return
    assert state.why
    assert {report.outcome for report in reports} == {"refused"}
    assert all(report.error.message for report in reports)


@pytest.mark.parametrize("number", ["EPERM", "ENOSYS"])
@pytest.mark.parametrize("call", FALLBACK)
def test_what_is_only_convenient_is_done_another_way(refusing, call, number, job):
    sandbox = refusing(call, number)
    assert [report.result for report in sandbox.run_all([job("RESULT = 1")] * 3)] == [1, 1, 1]
    assert broken(sandbox) == []


@pytest.mark.parametrize("call", NAMESPACES)
def test_the_lower_tier_is_taken_only_when_the_operator_says_so(refusing, call, job):
    sandbox = refusing(call, "EPERM", "--tier", "no-namespaces")
    assert sandbox.state().tier == "no-namespaces"
    assert call in sandbox.state().why or "full" in sandbox.state().why
    report = next(sandbox.run_all([job("RESULT = 1")]))
    assert (report.outcome, report.result, report.tier) == ("ok", 1, "no-namespaces")
    assert broken(sandbox) == []
