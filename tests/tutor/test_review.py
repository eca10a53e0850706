"""Reviews: due when FSRS says, two steps a card, each taken once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from questions.models import Card
from tests.tutor import factories
from tutor import schedule
from tutor.models import Learner, Review, ReviewLog

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)


def url(name, *args):
    return reverse(f"tutor:{name}", args=args)


@pytest.fixture
def who(client):
    """Return the learner behind the client's session."""
    learner = Learner.objects.create()
    session = client.session
    session["learner"] = str(learner.pk)
    session.save()
    return learner


def rated(who, card, rating, when, **fields):
    with time_machine.travel(when, tick=False):
        log = schedule.turn(who, card, "card")
        for name, value in fields.items():
            setattr(log, name, value)
        return schedule.rate(log, rating)


def show(client, card, nth=2, **data):
    return client.post(url("review_show", card.slug), {"nth": nth, **data})


def rate(client, card, nth=2, rating=3):
    return client.post(url("review_rate", card.slug), {"nth": nth, "rating": rating})


def test_a_review_day(client, who):
    first, second = factories.card(1), factories.card(2)
    for card in (first, second):
        rated(who, card, 3, MORNING)
    with time_machine.travel(MORNING, tick=False):
        page = client.get(url("review")).content.decode()
        assert "Nothing is due" in page and "in 2 days" in page
    with time_machine.travel(MORNING + timedelta(days=3), tick=False):
        assert "2 cards are due" in client.get(url("review")).content.decode()
        assert b"EXPLANATION-CANARY" not in client.get(url("review_card", first.slug)).content
        show(client, first)
        page = client.get(url("review_card", first.slug)).content.decode()
        assert "It sent" in page and "EXPLANATION-CANARY" in page and "in 10 minutes" in page
        assert rate(client, first)["Location"] == url("review_card", second.slug)
        show(client, second)
        assert rate(client, second, rating=1)["Location"] == url("review")
        assert "in 10 minutes" in client.get(url("review")).content.decode()
    with time_machine.travel(MORNING + timedelta(days=3, minutes=11), tick=False):
        assert "1 card is due" in client.get(url("review")).content.decode()


def test_the_same_ratings_give_the_same_days(who):
    card, twin = factories.card(1), factories.card(2)
    for each in (card, twin):
        for n, rating in enumerate((3, 3, 1, 2, 4)):
            rated(who, each, rating, MORNING + timedelta(days=4 * n))
    fields = ("due", "stability", "difficulty", "state", "step")
    one, other = Review.objects.values_list(*fields)
    assert one == other


def test_a_sure_miss_comes_first(client, who):
    late, sure = factories.card(1), factories.card(2)
    rated(who, late, 1, MORNING)
    rated(who, sure, 1, MORNING + timedelta(hours=1), sure="sure", correct=False)
    with time_machine.travel(MORNING + timedelta(days=1), tick=False):
        page = client.get(url("review")).content.decode()
    assert page.index(sure.title) < page.index(late.title) and "sure, and missed" in page


def test_a_double_click_rates_once(client, who):
    card = factories.card()
    rated(who, card, 3, MORNING)
    show(client, card)
    rate(client, card)
    before = list(ReviewLog.objects.values())
    rate(client, card)
    assert "another tab" not in client.get(url("review")).content.decode()
    rate(client, card, rating=1)
    assert list(ReviewLog.objects.values()) == before
    assert "was rated “good” in another tab: that stands." in client.get(url("review")).text


def test_showing_twice_keeps_the_first_prediction(client, who):
    card = factories.card()
    rated(who, card, 3, MORNING)
    show(client, card, emails=7, sure="sure")
    show(client, card, emails=1, sure="guess")
    log = ReviewLog.objects.get(nth=2)
    assert (log.emails, log.sure, log.correct, log.offered) == (7, "sure", False, 1)
    assert "What you said first stands." in client.get(url("review_card", card.slug)).text


def test_nothing_is_rated_before_it_is_shown(client, who):
    card = factories.card()
    rated(who, card, 3, MORNING)
    rate(client, card)
    assert ReviewLog.objects.count() == 1


def test_reading_writes_nothing(client, who):
    card = factories.card()
    rated(who, card, 3, MORNING)
    for _ in range(2):
        client.get(url("review_card", card.slug))
    assert ReviewLog.objects.count() == 1


def test_a_reload_asks_the_same_case_and_the_next_turn_another(client, who):
    card = factories.card()
    rated(who, card, 3, MORNING)
    asked = []
    for nth in (2, 3, 4):
        pages = {client.get(url("review_card", card.slug)).context["turn"].case for _ in range(3)}
        assert len(pages) == 1
        asked.append(pages.pop().name)
        show(client, card, nth)
        rate(client, card, nth)
    assert len(set(asked)) == 3


def test_undo_takes_back_the_last_rating(client, who):
    card = factories.card()
    before = rated(who, card, 3, MORNING)
    show(client, card)
    rate(client, card, rating=1)
    assert client.post(url("review_undo"))["Location"] == url("review_card", card.slug)
    after = Review.objects.get()
    assert (after.due, after.stability) == (before.due, before.stability)
    rate(client, card, rating=4)
    assert ReviewLog.objects.get(nth=2).rating == 4


def test_undo_is_offered_only_where_there_is_something_to_take_back(client, who):
    card = factories.card()
    rated(who, card, 3, MORNING)
    assert "Undo the last rating" not in client.get(url("review_card", card.slug)).text
    show(client, card)
    rate(client, card)
    assert "Undo the last rating" in client.get(url("review_card", card.slug)).text


def test_undo_with_nothing_to_take_back_says_so(client, who):
    page = client.post(url("review_undo"), follow=True)
    assert "nothing to take back" in page.content.decode()


def test_a_card_that_is_not_scheduled_is_not_reviewed(client, who):
    card = factories.card()
    assert client.get(url("review_card", card.slug)).status_code == 404


def test_a_retired_card_is_not_due(client, who):
    card = factories.card()
    rated(who, card, 1, MORNING)
    Card.objects.update(status="retired")
    assert "Nothing is due" in client.get(url("review")).content.decode()


def test_another_learner_has_nothing_due(who):
    card = factories.card()
    rated(who, card, 1, MORNING)
    other = Client()
    assert "Nothing is due" in other.get(url("review")).content.decode()
    for name in ("review_card",):
        assert other.get(url(name, card.slug)).status_code == 404
    assert show(other, card).status_code == rate(other, card).status_code == 404
    other.post(url("review_undo"))
    assert ReviewLog.objects.get().rating == 1


@pytest.mark.parametrize("rating", ["", "0", "5", "x"])
def test_a_bad_rating_is_explained(client, who, rating):
    card = factories.card()
    rated(who, card, 3, MORNING)
    show(client, card)
    data = {"nth": 2, "rating": rating}
    page = client.post(url("review_rate", card.slug), data, follow=True)
    assert "1, 2, 3 or 4" in page.content.decode()


@pytest.mark.parametrize(
    ("correct", "sure", "offered"),
    [(True, "sure", 4), (True, "think", 3), (True, "guess", 2), (False, "sure", 1), (None, "", 3)],
)
def test_what_is_offered(correct, sure, offered):
    assert schedule.offered(schedule.measured(correct, sure)) == offered


def test_the_lower_of_two_grades_is_offered():
    assert schedule.offered(3, 2) == schedule.offered(2, 3) == 2
