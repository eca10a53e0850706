"""Reports of unedited versions: run once, kept by content, never by a name."""

import io

import msgspec
import pytest
from django.core.management import call_command

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
