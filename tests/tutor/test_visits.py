"""Visits in the database: one learner's, whatever the tabs do."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser, Group, User
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from questions.models import Card
from questions.visits import Prediction, Visit
from tests.tutor import factories
from tutor import models, schedule, visits

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    return factories.card()


@pytest.fixture
def ask(rf):
    """Return a maker of requests that share one guest's session."""
    session = SessionStore()

    def request():
        made = rf.get("/")
        made.session, made.user = session, AnonymousUser()
        return made

    return request


def test_it_works(ask, card):
    visit = Visit({"create": Prediction(2, "sure")}, ran=True, words="<b>", draft={"a.py": "x"})
    visits.save(ask(), card, visit)
    assert visits.load(ask(), card) == visit


def test_reading_makes_no_learner(ask, card):
    assert visits.load(ask(), card) == Visit()
    assert visits.standings(ask(), [card]) == {}
    assert not models.Learner.objects.exists()


def test_two_tabs_lose_nothing(ask, card):
    one, other = ask(), ask()
    first, second = visits.load(one, card), visits.load(other, card)
    first.words, first.hints = "mine", 2
    second.predictions, second.hints = {"create": Prediction(1)}, 1
    visits.save(one, card, first)
    visits.save(other, card, second)
    kept = visits.load(ask(), card)
    assert kept.words == "mine" and kept.predictions and kept.hints == 2


def test_the_first_prediction_stands(ask, card):
    one, other = ask(), ask()
    first, second = visits.load(one, card), visits.load(other, card)
    first.predictions = {"create": Prediction(1, "sure")}
    second.predictions = {"create": Prediction(0), "one_update": Prediction(2)}
    visits.save(one, card, first)
    visits.save(other, card, second)
    kept = visits.load(ask(), card).predictions
    assert kept["create"].emails == 1 and kept["one_update"].emails == 2


def test_what_is_taken_back_by_the_learner_is_gone(ask, card):
    visits.save(ask(), card, Visit(words="x", ideas=[0, 1]))
    request = ask()
    visit = visits.load(request, card)
    visit.words, visit.ideas = "", []
    visits.save(request, card, visit)
    assert visits.load(ask(), card) == Visit()


def test_a_rating_schedules_once_a_day(ask, card):
    visits.rate(ask(), card, Visit(), 3, None)
    first = models.Review.objects.get().due
    visits.rate(ask(), card, visits.load(ask(), card), 3, None)
    assert models.Review.objects.get().due == first and models.ReviewLog.objects.count() == 1
    assert visits.standings(ask(), [card])[card.pk].words.startswith("✓ comes back in")


def test_of_two_ratings_in_the_same_instant_the_first_stands(ask, card):
    visits.save(ask(), card, Visit(ran=True))
    one, other = ask(), ask()
    first, second = visits.load(one, card), visits.load(other, card)
    second.words = "mine"
    assert visits.rate(one, card, first, 3, None) == 3
    assert visits.rate(other, card, second, 1, None) == 3 == second.rating
    kept = visits.load(ask(), card)
    assert (kept.rating, kept.words) == (3, "mine")
    assert models.ReviewLog.objects.get().rating == 3
    assert visits.rate(ask(), card, kept, 1, 3) == 1


def test_a_card_that_came_back_is_rated_anew(ask, card):
    visits.rate(ask(), card, Visit(), 3, None)
    log = models.ReviewLog.objects.get()
    log.rated_at -= timedelta(days=9)
    log.save()
    schedule.rebuild(log.learner, card)
    request = ask()
    visit = visits.load(request, card)
    assert visit.rating is None
    visits.rate(request, card, visit, 3, None)
    assert models.ReviewLog.objects.count() == 2 and visits.load(ask(), card).rating == 3


def test_a_card_that_came_back_the_same_day_has_another_turn(ask, card):
    with time_machine.travel(datetime(2026, 3, 2, 8, tzinfo=UTC), tick=False) as clock:
        visits.rate(ask(), card, Visit(), 1, None)
        clock.shift(timedelta(minutes=11))
        visits.rate(ask(), card, visits.load(ask(), card), 3, None)
    assert list(models.ReviewLog.objects.values_list("nth", "rating")) == [(1, 1), (2, 3)]


def test_the_card_page_schedules_by_this_store(client, card):
    def post(name, **data):
        client.post(reverse(f"questions:{name}", args=[card.slug]), data)

    post("card_rate", rating="3")
    assert not models.ReviewLog.objects.exists()
    post("card_predict", **{f"emails_{name}": "1" for name in factories.CASES})
    post("card_explain", words="mine")
    post("card_rate", rating="3")
    visit = models.Visit.objects.get()
    assert visit.explained and visit.words == "mine" and visit.rating == 3
    assert models.ReviewLog.objects.get().source == "card" and models.Review.objects.exists()


def test_a_rating_taken_back_is_off_the_schedule(ask, card):
    visits.rate(ask(), card, Visit(ran=True), 1, None)
    request = ask()
    visits.rate(request, card, visits.load(request, card), None, 1)
    assert not models.Review.objects.exists() and visits.load(ask(), card).rating is None
    assert visits.standings(ask(), [card])[card.pk].words == "predicted, not rated"


def test_a_sure_miss_is_noted(ask, card):
    given = {"create": Prediction(0, "sure"), "one_update": Prediction(1, "sure")}
    visits.rate(ask(), card, Visit(given), 2, None)
    assert models.Review.objects.get().sure_miss


@pytest.mark.parametrize(
    ("visit", "missed", "offered"),
    [
        (Visit(), 0, 3),
        (Visit(), 1, 2),
        (Visit(shown=True), 0, 1),
        (Visit(words="a"), 0, 1),
        (Visit(words="a", ideas=[0]), 0, 2),
        (Visit(words="a", ideas=[0, 1]), 0, 3),
        (Visit(words="a", ideas=[0, 1]), 3, 1),
    ],
)
def test_the_lower_of_measured_and_said_is_offered(ask, card, visit, missed, offered):
    given = visits.offers(ask(), card, visit, missed, 3)
    assert [offer.rating for offer in given if offer.offered] == [offered]
    assert given[0].when == "in 10 minutes" and given[3].when.startswith("in ")


def test_a_preview_of_a_draft_stays_in_the_session_and_hinders_no_deleting(ask, client):
    author = User.objects.create_user("author", is_staff=True)
    author.groups.add(Group.objects.get(name="Instructors"))
    client.force_login(author)
    draft = factories.card(9, status="draft", author=author)
    said = {f"{field}-{case}": value for case in factories.CASES
            for field, value in (("n", 1), ("sure", "sure"))}  # fmt: skip
    page = client.post(reverse("questions:card_predict", args=[draft.slug]), said, follow=True)
    assert page.status_code == 200 and not models.Visit.objects.exists()
    client.post(reverse("questions:card_rate", args=[draft.slug]), {"rating": 3})
    assert not models.ReviewLog.objects.exists()
    client.post(reverse("admin:questions_card_delete", args=[draft.pk]), {"post": "yes"})
    assert not Card.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(seconds=20), "in 1 minute"),
        (timedelta(minutes=10), "in 10 minutes"),
        (timedelta(minutes=59, seconds=50), "in 1 hour"),
        (timedelta(hours=5), "in 5 hours"),
        (timedelta(days=1), "tomorrow"),
        (timedelta(days=11), "in 11 days"),
    ],
)
def test_a_wait_in_words(wait, words):
    assert visits.in_words(wait) == words
