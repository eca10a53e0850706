"""Many runs, some hostile, and nothing stays: the short form of `make soak`."""

import sys

import pytest

from bench import soak

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="counts what Linux shows"),
]


def test_five_hundred_runs_leave_nothing(box):
    problems = soak.soak(box, 500, alone=False)
    # Times of a busy machine prove nothing; the full soak judges them.
    assert [text for text in problems if "slower" not in text] == []
