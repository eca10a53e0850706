"""A child as its parent sees it, when it is not there any more."""

import os
import signal
import sys

import pytest

from sandbox.makers import Maker
from sandbox.process import Process

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there are no handles elsewhere")


@pytest.fixture
def ended(monkeypatch):
    """Every process that was ended by its number. In a test nothing is: -1 would be everything."""
    numbers = []
    monkeypatch.setattr(os, "kill", lambda pid, number: numbers.append((pid, number)))
    return numbers


def fork():
    if not (pid := os.fork()):
        os._exit(0)
    return pid, os.pidfd_open(pid)


def test_a_child_that_is_dead_and_gone_is_not_ended_by_its_number(ended):
    process = Process(Maker(None), 1)
    pid, handle = fork()
    os.waitpid(pid, 0)
    process.take(pid, handle)
    process.kill()
    assert ended == []
    assert process.host_pid == 0
    process.close()


def test_a_number_that_went_to_another_is_left_alone(ended):
    process = Process(Maker(None), 1)
    pid, handle = fork()
    process.take(pid, handle)
    assert process.host_pid == pid
    os.waitpid(pid, 0)
    process.kill()
    assert ended == []
    process.close()


def test_without_handles_the_number_is_enough(ended):
    process = Process(Maker(None), 1)
    process.take(12345, -1)
    process.kill()
    assert ended == [(12345, signal.SIGKILL)]
    process.close()
