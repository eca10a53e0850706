"""A kernel, or a container, that refuses what sealing needs: named, and never run unsealed."""

import hashlib
import os
import re
import signal
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest

from sandbox import selftest, wire
from sandbox.client import Sandbox, Unavailable
from sandbox.limits import standbys

from .conftest import end, until

DENIED = Path(__file__).with_name("denied.py")
NAMESPACES = ["unshare", "setns", "mount", "umount2", "pivot_root"]
ALWAYS = [
    "setresuid", "setresgid", "setgroups", "capset", "capget", "prctl", "seccomp", "prlimit64",
    "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "setsid",
    "pidfd_open", "getsid", "dup3", "sethostname", "getresuid", "getppid", "statfs",
]  # fmt: skip
EVERYWHERE = ["mkdir", "rmdir", "chdir", "fcntl", "socketpair", "sendmsg", "recvmsg", "wait4"]
FALLBACK = ["close_range", "madvise", "pidfd_send_signal"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="Linux only"),
]


@pytest.fixture
def refusing():
    with tempfile.TemporaryDirectory(prefix="signalbox-box-") as folder:
        sandbox = Sandbox(Path(folder))

        def make(call, number, *options, python=sys.executable):
            sandbox.command = [python, "-P", str(DENIED), call, number]
            sandbox.options += options
            return sandbox

        yield make
        end(sandbox)


def readable_python():
    """Return an interpreter like ours that other users may read too, or skip."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{name}", f"/usr/local/bin/{name}"):
        real = Path(python).resolve()
        if real.exists() and all(folder.stat().st_mode & 1 for folder in real.parents):
            return python
    pytest.skip("every interpreter here lies in a folder that only its owner may enter")


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
@pytest.mark.parametrize("call", EVERYWHERE)
def test_without_a_call_that_all_need_nothing_runs(refusing, call, number, job):
    with pytest.raises(Unavailable):
        list(refusing(call, number).run_all([job("RESULT = 1")]))


def test_a_start_that_fails_says_why(refusing):
    with pytest.raises(Unavailable, match="zygote could not start: OSError.*not implemented"):
        refusing("rmdir", "ENOSYS").state()


def test_a_child_that_cannot_get_ready_is_refused_in_words(refusing, job):
    sandbox = refusing("pselect6", "EPERM")
    reports = list(sandbox.run_all([job("RESULT = 1")] * 3))
    assert {report.outcome for report in reports} == {"refused"}
    assert "could not be made ready" in reports[0].error.message
    until(lambda: "could not be made ready" in sandbox.state().why)
    assert sandbox.state().standbys == 0


@pytest.mark.parametrize("number", ["EPERM", "ENOSYS"])
@pytest.mark.parametrize("call", FALLBACK)
def test_what_is_only_convenient_is_done_another_way(refusing, call, number, job):
    sandbox = refusing(call, number)
    assert [report.result for report in sandbox.run_all([job("RESULT = 1")] * 3)] == [1, 1, 1]
    assert broken(sandbox) == []


@pytest.mark.parametrize("call", NAMESPACES)
def test_the_lower_tier_is_taken_only_when_the_operator_says_so(refusing, call, job):
    python = readable_python() if os.geteuid() == 0 else sys.executable
    sandbox = refusing(call, "EPERM", "--tier", "no-namespaces", python=python)
    assert sandbox.state().tier == "no-namespaces"
    assert call in sandbox.state().why or "full" in sandbox.state().why
    report = next(sandbox.run_all([job("RESULT = 1")]))
    assert (report.outcome, report.result, report.tier) == ("ok", 1, "no-namespaces")
    assert broken(sandbox) == []


def test_in_the_lower_tier_a_run_leaves_nothing_that_harms_the_next(refusing, job):
    """A thousand folders in each other, locked ones, links out of them: all on the host's disk."""
    python = readable_python() if os.geteuid() == 0 else sys.executable
    sandbox = refusing("unshare", "EPERM", "--tier", "no-namespaces", python=python)
    pid = sandbox.state().pid
    deep = (
        "import os\nos.mkdir('locked'); open('locked/file', 'w'); os.chmod('locked', 0)\n"
        f"os.symlink({str(Path(__file__).parent)!r}, 'link')\n"
        "for _ in range(1050): os.mkdir('d'); os.chdir('d')"
    )
    outcomes = {next(sandbox.run_all([job(deep)])).outcome for _ in range(2)}
    assert outcomes <= {"ok", "time_limit"}  # a slow disk
    assert next(sandbox.run_all([job("import os; RESULT = os.listdir('..')")])).outcome == "error"
    assert sandbox.state().pid == pid
    mark = hashlib.sha256(str(sandbox.folder).encode()).hexdigest()[:8]
    runs = Path(tempfile.gettempdir(), f"signalbox-runs-{os.geteuid()}-{mark}")
    until(lambda: len(list(runs.iterdir())) <= standbys())
    end(sandbox)
    until(lambda: not list(runs.iterdir()))
    assert Path(__file__).exists()


def test_in_the_lower_tier_a_run_dies_with_the_process_that_forked_it(refusing, job):
    """Nothing else ends it there: no process namespace, and it waits for none of its pipes."""
    python = readable_python() if os.geteuid() == 0 else sys.executable
    sandbox = refusing("unshare", "EPERM", "--tier", "no-namespaces", python=python)
    server = sandbox.state()
    until(lambda: sandbox.state().standbys == standbys())
    with sandbox.line() as line:
        slow = job("import time; time.sleep(60)")
        line.send(wire.Run(1), wire.Task(0, msgspec.json.encode(slow)))
        until(lambda: sandbox.state().going)
        pids = sandbox.state().pids
        status = Path(f"/proc/{pids[0]}/status").read_text()
        zygote = int(re.search(r"^PPid:\s*(\d+)", status, re.M)[1])
        assert zygote not in (0, 1, server.pid)
        os.kill(zygote, signal.SIGKILL)
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in [*pids, server.pid]))
