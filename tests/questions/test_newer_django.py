"""What a card says of newer Djangos: read, written, loaded, and verified on each of them."""

import msgspec
import pytest

from questions.card_data import ClaimData, latest
from questions.card_folder import read_folder, read_yaml
from questions.card_load import load
from questions.card_write import card_yaml
from questions.models import Card, Claim
from tests.questions.conftest import DATA
from tests.questions.test_verify import SENT, verdict, words

CARDS = DATA.parents[2] / "fixtures" / "cards"
CURED = {("buggy", "declined"): 0}


@pytest.fixture
def card():
    """Return the small card, cured by Django 6.1: then buggy sends nothing for a rollback."""
    card = read_folder(DATA / "late-email")
    declined = card.cases[1]
    then = ClaimData(0, result=0)
    claim = msgspec.structs.replace(declined.claims["buggy"], since={"6.1": then})
    claims = {**declined.claims, "buggy": claim}
    cases = [card.cases[0], msgspec.structs.replace(declined, claims=claims)]
    newer = {"6.1": {"what": "Django waits by itself.", "ticket": 1, "cures": "all"}}
    return msgspec.structs.replace(card, cases=cases, newer=newer)


def needless(task):
    return SENT["fixed", task.case.name]


def on(django, card, sent=None, **options):
    """Judge runs made on one Django."""
    return verdict(card, sent, django=django, **options)


def test_the_latest_release_reached_counts():
    by = {"6.0": "a", "6.1": "b", "10.0": "c"}
    found = [latest(by, django) for django in ("5.2.19", "6.0", "6.1.3", "6.2rc1", "10.1")]
    assert found == [None, "a", "b", "b", "c"]


def test_each_django_is_held_to_its_own_claims(card):
    assert on("5.2.19", card).ok
    assert on("6.1.3", card, CURED, undone=needless).ok
    assert words(on("6.1.3", card, undone=needless).problems)[0].startswith(
        "buggy in declined: claims 0 emails, measured 1."
    )
    assert words(on("5.2.19", card, CURED).problems)[0].startswith(
        "buggy in declined: claims 1 email, measured 0."
    )


def test_a_needless_hunk_is_expected_of_a_cured_card_and_of_no_other(card):
    assert not on("6.1.3", card, CURED, undone=needless).needless
    assert on("5.2.19", card, undone=needless).needless
    needed = on("6.1.3", card, CURED)
    assert words(needed.problems)[0].startswith("Every part of the fix is needed on Django 6.1.3")


def test_a_card_that_is_not_cured_may_not_say_so(card):
    stays = msgspec.structs.replace(card, cases=read_folder(DATA / "late-email").cases)
    found = words(on("6.1.3", stays, undone=needless).problems)
    assert found[0].startswith("Django 6.1.3 does not cure the buggy version in declined.")
    part = {"6.1": {"what": "x", "cures": "part"}}
    assert on("6.1.3", msgspec.structs.replace(stays, newer=part), undone=needless).ok


def test_it_is_written_and_read_back(card):
    text = card_yaml(card)
    assert "buggy: {emails: 1, result: 0, since: {'6.1': {emails: 0, result: 0}}}" in text
    assert read_yaml(text) == card


@pytest.mark.django_db
def test_rows_keep_it_and_answer_for_the_django_that_runs_here(monkeypatch):
    load([CARDS / "robust-partial"])
    card = Card.objects.with_content().get()
    assert card.data() == read_folder(CARDS / "robust-partial")
    claim = Claim.objects.get(version__name="buggy", case__name="crm_down")
    said = {}
    for django in ("5.2.19", "6.1.3"):
        monkeypatch.setattr("django.get_version", lambda django=django: django)
        said[django] = (claim.here().emails, claim.here().error)
    assert said == {"5.2.19": (0, "case:AttributeError"), "6.1.3": (1, "")}
