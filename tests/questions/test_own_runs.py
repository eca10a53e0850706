"""A version that cannot be loaded in time is not run in every case; one that can is."""

import pytest

from questions import own_runs
from sandbox.program import Program
from tests.questions.bank import a_card
from tests.questions.test_card import predict
from tests.questions.test_fix import ADDRESS, fix
from tests.questions.test_playground import post

pytestmark = pytest.mark.slow  # they wait for time limits, whatever the Django

HANGS = "while True: pass\n"
FINE = "RESULT = 1\n"


def run(models, cases, setup=None):
    program = Program("own", {"mine": {"models.py": models}}, cases, setup)
    reports = own_runs.run_all(program.job("mine", name) for name in cases)
    assert [report.case for report in reports] == list(cases)
    return ["left out" if own_runs.is_left_out(each) else each.outcome for each in reports]


@pytest.mark.parametrize(("models", "setup"), [(HANGS, None), ("", HANGS)])
def test_what_hangs_before_any_case_is_tried_twice(models, setup):
    found = run(models, dict.fromkeys("abcde", FINE), setup)
    assert found == ["time_limit", "time_limit", *["left out"] * 3]


def test_what_hangs_in_two_cases_is_run_in_the_others():
    cases = {"a": FINE, "b": HANGS, "c": HANGS, "d": FINE, "e": FINE}
    assert run("", cases) == ["ok", "time_limit", "time_limit", "ok", "ok"]


def test_two_cases_are_two_runs():
    assert run(HANGS, {"a": FINE, "b": FINE}) == ["time_limit", "time_limit"]


@pytest.mark.django_db
def test_the_fix_says_which_cases_were_not_run(client):
    case = a_card().cases.first()
    for n in (1, 2):
        case.pk, case.name, case.title = None, f"more_{n}", f"More {n}"
        case.save()
    predict(client)
    for found in (fix(client, HANGS), client.get(ADDRESS).text):
        assert found.count("not run: the two before did not end") == 2
        assert found.count("stopped at the time limit</span>") == 2
        assert "It does not get as far as a case in time" in found and "2 of 4 run" in found
        assert "It does not even start" not in found


@pytest.mark.django_db
def test_the_playground_says_which_cases_were_not_run(client):
    for _ in range(2):
        post(client, do="case-add")
    found = post(client, **{"file:models.py": HANGS})
    assert found.count("not run: the two before did not end") == 1
    assert "It does not get as far as a case in time" in found
    assert "This case was not run" in client.get("/playground/?case=case_3").text
