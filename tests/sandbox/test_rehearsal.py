"""A rehearsal leaves no trace: the report after it is that of a fresh process, word for word."""

import pytest

from sandbox.program import read_folder
from tests.sandbox.runner import ROOT, Runner


def without_times(told):
    """Return what a child told without the milliseconds of its events."""
    return told | {"events": [event | {"ms": 0} for event in told["events"]]}


@pytest.fixture(scope="module")
def runners():
    with Runner() as fresh, Runner(rehearse=True) as rehearsed:
        yield fresh, rehearsed


@pytest.mark.parametrize(
    ("program", "version", "case"),
    [
        ("profile-update", "buggy", "nested_save"),
        ("profile-update", "hardened", "admin_change"),
        ("inheritance", "only", "permissions"),
        ("lifetimes", "only", "receivers_seen"),
        ("apps-in-a-ring", "late", "users"),
        ("own-user", "only", "admin"),
        ("mail-kinds", "only", "all"),
    ],
)
def test_the_report_is_that_of_a_fresh_process(runners, program, version, case):
    job = read_folder(ROOT / "tests/programs" / program).job(version, case)
    fresh, rehearsed = (without_times(runner.run(job)) for runner in runners)
    assert rehearsed == fresh


def test_two_runs_of_one_job_tell_the_same(runners):
    job = read_folder(ROOT / "tests/programs/commits").job("only", "nested")
    first, second = (without_times(runners[0].run(job)) for _ in range(2))
    assert first == second
