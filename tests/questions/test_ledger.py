"""What is as wanted and what is not, in numbers and words."""

import json

import msgspec
import pytest

from questions.gap import gap
from questions.ledger import ledger, marks, sent
from questions.models import Case, Version
from questions.visits import Prediction
from sandbox.client import run_all
from sandbox.program import Job
from tests.questions.bank import CODE

SENDS = """\
from django.core.mail import send_mail
for to in {to}:
    send_mail("S", "B", "from@example.com", [to])
RESULT = {result}
"""


def job(to: list[str], result: object = None, more: str = "") -> Job:
    action = SENDS.format(to=to, result=result) + more
    return Job("note", "buggy", "case", {"models.py": CODE}, action=action)


@pytest.fixture(scope="module")
def reports():
    jobs = {
        "none": job([]),
        "ann": job(["ann@example.com"]),
        "bob": job(["bob@example.com"]),
        "both": job(["ann@example.com", "bob@example.com"]),
        "five": job(["ann@example.com"] * 5, 7),
        "raises": job(["ann@example.com"], more="1 / 0\n"),
    }
    return dict(zip(jobs, run_all(jobs.values()), strict=True))


def case(wanted: int = 1, **more) -> Case:
    return Case(name="case", title="The case", wanted=wanted, **more)


@pytest.mark.parametrize(
    "name, wanted, words",
    [
        ("ann", 1, "as wanted"),
        ("none", 0, "as wanted"),
        ("none", 2, "2 missing"),
        ("both", 1, "1 too many"),
        ("five", 1, "4 too many"),
        ("raises", 1, "raised ZeroDivisionError"),
    ],
)
def test_it_works(reports, name, wanted, words):
    found = sent(case(wanted), "buggy", reports[name])
    assert found.words == words
    assert found.ok == (words == "as wanted")


def test_the_right_number_to_the_wrong_person_is_wrong(reports):
    ann = case(wanted_to=["ann@example.com"])
    assert sent(ann, "buggy", reports["ann"]).ok
    assert sent(ann, "buggy", reports["bob"]).words == "to the wrong person"
    assert marks(ann, reports["bob"]) == ["wrong"]


def test_too_many_are_those_that_nobody_wanted(reports):
    assert marks(case(wanted_to=["bob@example.com"]), reports["both"]) == ["extra", "wanted"]
    assert marks(case(), reports["both"]) == ["wanted", "extra"]


def test_the_right_number_with_the_wrong_subject_is_wrong(reports):
    booked = case(2, wanted_subjects=["Booked", "S"])
    assert marks(booked, reports["both"]) == ["wanted", "subject"]
    assert sent(booked, "buggy", reports["both"]).words == "another subject"


def test_another_subject_and_another_result_are_not_as_wanted(reports):
    assert sent(case(wanted_subjects=["T"]), "v", reports["ann"]).words == "another subject"
    words = sent(case(5, wanted_result=8), "v", reports["five"]).words
    assert words == f"result {json.dumps(reports['five'].result)}, wanted 8"
    long = case(5, wanted_result="x" * 20)
    assert sent(long, "v", reports["five"]).words == "another result"
    assert sent(case(5, wanted_result=7), "v", reports["five"]).ok


@pytest.mark.parametrize(
    "outcome, words",
    [("time_limit", "stopped at the time limit"), ("refused", "not run here")],
)
def test_a_run_that_was_stopped_is_never_as_wanted(reports, outcome, words):
    stopped = msgspec.structs.replace(reports["ann"], outcome=outcome)
    assert sent(case(), "buggy", stopped).words == words


def test_more_than_three_envelopes_are_two_and_a_number(reports):
    found = sent(case(1), "buggy", reports["five"])
    assert len(found.envelopes) == 2 and found.more == 5
    assert sent(case(1), "buggy", reports["both"]).envelopes == ["", "extra"]
    assert sent(case(2), "buggy", reports["ann"]).envelopes == ["", "gone"]


def test_a_ledger_counts_what_is_as_wanted(reports):
    buggy, fixed = Version(name="buggy"), Version(name="fixed")
    found = ledger([buggy, fixed], [case()], {("buggy", "case"): reports["both"]}, ["case"])
    assert found.rows[0].asked and found.runs == 1
    assert [(t.met, t.of) for t in found.totals] == [(0, 1), (0, 1)]


def test_the_surest_miss_is_talked_about(reports):
    cases = [Case(name="a", wanted=1), Case(name="b", wanted=1), Case(name="c", wanted=1)]
    runs = {("buggy", name): reports["both"] for name in "abc"}
    said = {"a": Prediction(1, "guess"), "b": Prediction(1, "sure"), "c": Prediction(2, "sure")}
    found = gap(cases, said, runs)
    assert found.first.case.name == "b" and found.first.sure_miss
    assert found.missed == 2


def test_without_a_miss_a_wrong_number_that_was_foreseen_is_talked_about(reports):
    cases = [Case(name="a", wanted=1), Case(name="b", wanted=1)]
    runs = {("buggy", "a"): reports["ann"], ("buggy", "b"): reports["both"]}
    found = gap(cases, {"a": Prediction(1), "b": Prediction(2)}, runs)
    assert found.first.case.name == "b" and found.missed == 0


def test_a_case_that_was_not_said_waits(reports):
    cases = [Case(name=name, wanted=1) for name in "abc"]
    runs = {("buggy", name): reports["both"] for name in "abc"}
    found = gap(cases, {"a": Prediction(1), "b": Prediction(2)}, runs, tell_all=False)
    assert [outcome.case.name for outcome in found.waiting] == ["c"]
