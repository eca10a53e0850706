"""Reports of unedited versions: run once, kept by content, never by a name."""

import io
from datetime import UTC, datetime

import msgspec
import pytest
from django.core.management import call_command
from django.utils import timezone

from questions import runs
from questions.measure import kept, measure
from questions.models import Card, MeasuredReport
from sandbox import client

pytestmark = pytest.mark.django_db
CELL = ("buggy", "create")


@pytest.fixture
def card(settings):
    call_command("load_cards", settings.CARDS_DIR / "profile-update", stdout=io.StringIO())
    return Card.objects.with_content().get()


def test_it_works(card):
    first = measure(card, ["buggy"], ["create"])[CELL]
    assert (first.emails_sent, first.cached) == (1, False)
    again = measure(card, ["buggy"], ["create"])[CELL]
    assert again.cached and again.measured_at == first.measured_at


def test_run_always_runs(card):
    measure(card, ["buggy"], ["create"])
    assert not measure(card, ["buggy"], ["create"], fresh=True)[CELL].cached
    assert MeasuredReport.objects.count() == 1


def test_changed_code_is_measured_anew(card):
    measure(card, ["buggy"], ["create"])
    case = card.cases.get(name="create")
    case.action = case.action.replace("user_id=2", "user_id=3 - 1")
    case.save()
    job = Card.objects.get().program().job("buggy", "create")
    assert not kept([job])


def test_report_of_another_django_is_not_used(card):
    measure(card, ["buggy"], ["create"])
    MeasuredReport.objects.update(engine="another")
    assert not kept([card.program().job(*CELL)])


def test_kept_report_goes_by_the_names_of_its_job(card):
    measure(card, ["buggy"], ["create"])
    data = card.data()
    renamed = msgspec.structs.replace(data, slug="other")
    report = measure(renamed, ["buggy"], ["create"])[CELL]
    assert report.cached and report.program == "other"


def test_report_of_an_older_shape_is_measured_again(card):
    measure(card, ["buggy"], ["create"])
    MeasuredReport.objects.update(report="{}", engine=client.fingerprint())
    assert not measure(card, ["buggy"], ["create"])[CELL].cached


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("2026-03-05T10:46:00+00:00", "at 11:46"),
        ("2026-03-04T22:30:00+00:00", "on 4 March 2026"),
        ("2026-03-04T23:30:00+00:00", "at 00:30"),
        ("", "at an unknown time"),
    ],
)
def test_when_it_was_measured_stays_true_while_the_page_stands(card, then, words, monkeypatch):
    report = measure(card, ["buggy"], ["create"])[CELL]
    now = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    with timezone.override("Europe/Berlin"):
        assert runs.measured(msgspec.structs.replace(report, measured_at=then)) == words
