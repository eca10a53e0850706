"""The sentences say which line led to an email."""

import msgspec
import pytest

from sandbox.program import read_folder
from sandbox.report import Email, Event, Report
from sandbox.why import chain, sentence, why
from tests.sandbox.runner import ROOT, run_jobs

SEED = ROOT / "tests/programs/profile-update"


def whole(told):
    """Return a Report made of what the child tells."""
    return Report(
        schema=1, program="p", digest="", version="v", case="c", outcome="ok", error=None,
        emails=msgspec.convert(told["emails"], list[Email]), emails_sent=told["emails_sent"],
        recipients=told["recipients"], events=msgspec.convert(told["events"], list[Event]),
        queries=told["queries"], rows=told["rows"], result=None, stdout="", stderr="",
        completed_imports=[], django="", python="", tier="full", wall_ms=0, cpu_ms=0,
        peak_rss_mb=0, measured_at="", cached=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def reports():
    program = read_folder(SEED)
    wanted = [
        ("buggy", "nested_save"),
        ("buggy", "registered_twice"),
        ("buggy", "admin_change"),
        ("buggy", "loaddata_overwrites_row"),
        ("buggy", "login_touches_profile"),
        ("hardened", "atomic_commit"),
        ("service", "one_update"),
    ]
    told = run_jobs([program.job(version, case) for version, case in wanted])
    return {names: whole(one) for names, one in zip(wanted, told, strict=True)}


def test_the_second_email_names_the_second_save(reports):
    report = reports["buggy", "nested_save"]
    assert sentence(report, report.emails[0]) == (
        "Email 1 was sent because the case (case_nested_save.py:12) saved the profile."
    )
    assert sentence(report, report.emails[1]) == (
        "Email 2 was sent because `score` (case_nested_save.py:8) saved the profile again"
        " inside `post_save`."
    )


def test_the_whole_way_goes_from_the_case_to_the_email(reports):
    report = reports["buggy", "nested_save"]
    steps = why(report, report.emails[1])
    assert steps[0] == "The case (case_nested_save.py:12) saved the profile."
    assert steps[-1].endswith("(signals.py:10) sent email 2 to ann@example.com.")


@pytest.mark.parametrize(
    ("names", "number", "words"),
    [
        (("buggy", "registered_twice"), 2, "is connected more than once"),
        (("buggy", "admin_change"), 1, "answering POST /admin/cardapp/userprofile/1/change/"),
        (("buggy", "loaddata_overwrites_row"), 1, "loaded the profile as it stands in a fixture"),
        (("buggy", "login_touches_profile"), 1, "`save_profile` (case_login_touches_profile.py:8)"),
        (
            ("hardened", "atomic_commit"),
            1,
            "wait for the commit, and the transaction was committed",
        ),
        (("service", "one_update"), 1, "called by the case (case_one_update.py:2), had a lambda"),
    ],
)
def test_each_way_to_an_email_has_its_words(reports, names, number, words):
    report = reports[names]
    assert words in sentence(report, report.emails[number - 1])


def test_a_callback_is_led_to_by_what_registered_it(reports):
    report = reports["hardened", "atomic_commit"]
    kinds = [event.kind for event in chain(report, report.emails[0])]
    assert kinds == ["save", "signal", "receiver", "on_commit", "on_commit", "email"]
