"""Who may run when."""

import pytest

from sandbox.fairness import Fairness, Refused
from sandbox.limits import limit


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def fairness(clock):
    return Fairness(clock)


def click(fairness, who="ann"):
    fairness.admit(who, object_of := object())
    fairness.leave(who, object_of)


def test_it_works(fairness):
    fairness.admit("ann", 1)
    assert fairness.is_first("ann", 1)
    fairness.leave("ann", 1)


def test_a_second_run_waits_for_the_first_and_a_third_is_refused(fairness):
    fairness.admit("ann", 1)
    fairness.admit("ann", 2)
    assert not fairness.is_first("ann", 2)
    with pytest.raises(Refused, match="one waiting"):
        fairness.admit("ann", 3)
    fairness.admit("bob", 4)
    fairness.leave("ann", 1)
    assert fairness.is_first("ann", 2)


def test_a_bucket_empties_and_fills_again(fairness, clock):
    for _ in range(limit("bucket")):
        click(fairness)
    with pytest.raises(Refused, match="Try again in"):
        click(fairness)
    click(fairness, "bob")
    clock.now += 60 / limit("refill")
    click(fairness)
    with pytest.raises(Refused):
        click(fairness)
    clock.now += 10**6
    for _ in range(limit("bucket")):
        click(fairness)
    with pytest.raises(Refused):
        click(fairness)


def test_the_site_itself_has_no_bucket(fairness):
    for _ in range(limit("bucket") * 3):
        click(fairness, "")


def test_callers_in_all_are_bounded(fairness):
    for number in range(limit("tickets")):
        fairness.admit(f"learner {number}", number)
    with pytest.raises(Refused, match="Too many"):
        fairness.admit("one more", -1)
    fairness.leave("learner 0", 0)
    fairness.admit("one more", -1)


def test_a_refused_caller_takes_no_place(fairness):
    fairness.admit("ann", 1)
    fairness.admit("ann", 2)
    for _ in range(limit("tickets")):
        with pytest.raises(Refused):
            fairness.admit("ann", 3)
    fairness.admit("bob", 4)
