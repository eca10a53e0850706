"""A fork server of the tests' own, and programs to give it."""

import contextlib
import os
import signal
import tempfile
import time
from pathlib import Path

import pytest

from sandbox.client import Sandbox, Unavailable
from sandbox.program import Job


@pytest.fixture(scope="session")
def box():
    """Give a sandbox with a private folder of its own; its server ends with the tests."""
    with tempfile.TemporaryDirectory(prefix="signalbox-box-") as folder:
        sandbox = Sandbox(Path(folder))
        yield sandbox
        end(sandbox)


def end(sandbox):
    """Kill the sandbox's server and wait until it is gone."""
    with contextlib.suppress(OSError, Unavailable):
        line = sandbox.greet()
        line.sock.close()
        assert line.state.pid > 1, "danger: that would end every process there is"
        os.kill(line.state.pid, signal.SIGKILL)
        until(lambda: not sandbox.answers())


def until(true, seconds=30):
    """Wait until `true()` is; fail after so many seconds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds} s: {true}"
        time.sleep(0.01)


@pytest.fixture
def job():
    """Make a job of a few lines of code."""

    def make(action="", **more):
        fields = {"program": "p", "version": "v", "case": "c", "files": {"models.py": ""}}
        return Job(**{**fields, "action": action, **more})

    return make


@pytest.fixture
def run(box, job):
    """Run a few lines of code in the sandbox and return the report."""
    return lambda action="", **more: next(box.run_all([job(action)], **more))
