"""Every attack works where nothing holds it: otherwise the sandbox would be praised for nothing."""

import os
import platform

import pytest

from .harness import PROGRAMS, control, host

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(platform.machine() != "x86_64", reason="system calls by x86-64 number"),
    pytest.mark.skipif(os.geteuid() != 0, reason="some controls need root to work at all"),
]


@pytest.fixture(scope="module")
def target():
    with host() as target:
        yield target


def test_there_are_enough():
    assert len(PROGRAMS) >= 150


@pytest.mark.parametrize(
    "name", [n for n, p in PROGRAMS.items() if not p.control.startswith("none")]
)
def test_it_works_unsealed(name, target):
    assert control(PROGRAMS[name], target) == ""
