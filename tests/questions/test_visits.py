"""Visits in the session: kept as given, and never a reason to fail."""

import pytest
from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.test import RequestFactory

from questions import playground, visits
from questions.models import Card

CARD = Card(pk=1, slug="profile-update")


@pytest.fixture
def request_(rf: RequestFactory):
    request = rf.get("/")
    request.session = SessionStore()
    return request


def test_it_works(request_):
    visit = visits.Visit({"one_update": visits.Prediction(2, "sure")}, ran=True, words="<b>")
    visits.save(request_, CARD, visit)
    assert visits.load(request_, CARD) == visit
    assert request_.session.modified


def test_a_prediction_is_told_as_one_says_it():
    said = [visits.Prediction(1, sure).words for sure in ("guess", "think", "sure", "")]
    assert said == ["1, as a guess", "1, not quite sure", "1, sure", "1"]


def test_a_card_never_seen_has_an_empty_visit(request_):
    assert visits.load(request_, CARD) == visits.Visit()
    assert not request_.session.modified


@pytest.mark.parametrize("kept", [{"hints": "three"}, [], "x", {"predictions": {"a": 1}}])
def test_an_unreadable_visit_is_an_empty_one(request_, kept):
    request_.session["visits"] = {"profile-update": kept}
    assert visits.load(request_, CARD) == visits.Visit()


def test_a_rating_is_kept_and_taken_back(request_):
    visits.rate(request_, CARD, visits.Visit(ran=True), 3, None)
    assert visits.standings(request_, [CARD])[1].words == "✓ rated good"
    assert visits.rate(request_, CARD, visits.load(request_, CARD), 1, None) == 3
    visits.rate(request_, CARD, visits.load(request_, CARD), None, 3)
    assert visits.standings(request_, [CARD])[1].words == "predicted, not rated"


@pytest.mark.parametrize("missed, offered", [(0, 3), (1, 2), (2, 1), (9, 1)])
def test_more_misses_offer_a_lower_rating(request_, missed, offered):
    offers = visits.offers(request_, CARD, visits.Visit(), missed, 9)
    assert [o.rating for o in offers if o.offered] == [offered]


def test_somebody_who_saw_the_answer_is_offered_again(request_):
    offers = visits.offers(request_, CARD, visits.Visit(shown=True), 0, 0)
    assert [o.rating for o in offers if o.offered] == [1]


IDEAS = Card(pk=2, slug="with-ideas", ideas=["a", "b", "c", "d", "e"])


@pytest.mark.parametrize(
    ("missed", "of", "ticked", "rating", "why"),
    [
        (1, 4, 0, 1, "none of the 5 ideas is ticked"),
        (1, 4, 3, 2, "1 of 4 predictions missed"),
        (1, 4, 2, 2, "1 of 4 predictions missed and 2 of 5 ideas are ticked"),
        (0, 4, 1, 1, "1 of 5 ideas is ticked"),
        (0, 1, 5, 3, "your predictions held"),
        (2, 2, 5, 1, "2 of 2 predictions missed"),
        (0, 0, 5, 3, ""),
    ],
)
def test_the_rating_offered_says_what_decided_it(request_, missed, of, ticked, rating, why):
    visit = visits.Visit(words="mine", ideas=list(range(ticked)))
    offered = [o for o in visits.offers(request_, IDEAS, visit, missed, of) if o.offered]
    assert [(o.rating, o.why) for o in offered] == [(rating, why)]


def test_ideas_ticked_without_own_words_count_too(request_):
    offers = visits.offers(request_, IDEAS, visits.Visit(ideas=[0]), 0, 1)
    assert [o.rating for o in offers if o.offered] == [1]
    offers = visits.offers(request_, IDEAS, visits.Visit(), 0, 1)
    assert [o.rating for o in offers if o.offered] == [3]


def test_the_setting_names_a_store():
    assert settings.VISITS
    for verb in (
        "load", "save", "rate", "tried", "offers", "standings", "playground", "keep_playground",
    ):  # fmt: skip
        assert callable(getattr(visits.store(), verb)) and callable(getattr(visits, verb))


def test_a_playground_is_kept_in_the_session_where_nobody_knows_learners(request_, settings):
    settings.VISITS = "questions.visits"
    assert playground.load(request_) == playground.Kept()
    playground.keep(request_, playground.Draft({"a.py": "1"}))
    playground.replace(request_, playground.EMPTY)
    kept = playground.load(request_)
    assert kept.draft == playground.EMPTY
    assert kept.before == playground.Draft({"a.py": "1"})


@pytest.mark.parametrize("kept", [[], "x", {"draft": 1}, {"draft": {"cases": []}}])
def test_an_unreadable_playground_is_an_empty_one(request_, settings, kept):
    settings.VISITS = "questions.visits"
    request_.session["playground"] = kept
    assert playground.load(request_) == playground.Kept()
