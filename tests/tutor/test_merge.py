"""A guest's rows and an account's become one: nothing lost, nothing twice."""

import re
from datetime import timedelta

import msgspec
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from questions.playground import Draft
from tests.tutor import factories
from tutor import schedule
from tutor.merge import merge
from tutor.models import Learner, Playground, Review, ReviewLog, SharedRun, Visit

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def card():
    return factories.card()


@pytest.fixture
def guest():
    return Learner.objects.create()


@pytest.fixture
def owner():
    return Learner.objects.create(user=User.objects.create_user("ann"))


def visit(learner, card, *, days_ago, **fields):
    made = Visit.objects.create(learner=learner, card=card, **fields)
    when = NOW - timedelta(days=days_ago)
    Visit.objects.filter(pk=made.pk).update(created_at=when, updated_at=when)


def rated(learner, card, rating, *, days_ago):
    log = schedule.turn(learner, card, "review")
    log.rating, log.rated_at = rating, NOW - timedelta(days=days_ago)
    log.save()
    schedule.rebuild(learner, card)


def test_it_works(guest, owner, card):
    visit(guest, card, days_ago=1, words="mine", hints=2, predictions={"create": {"emails": 1}})
    merge(guest, into=owner)
    kept = owner.visits.get()
    assert (kept.words, kept.hints) == ("mine", 2)
    assert list(Learner.objects.all()) == [owner]


def test_the_account_is_as_old_as_the_first_thing_done(guest, owner, client):
    Learner.objects.filter(pk=guest.pk).update(created_at=NOW - timedelta(days=9))
    guest.refresh_from_db()
    merge(guest, into=owner)
    client.force_login(owner.user)
    since = client.get("/progress/data.json").json()["since"]
    assert since == (NOW - timedelta(days=9)).isoformat()


def test_the_first_prediction_and_the_last_words_stand(guest, owner, card):
    first, second = (
        {"create": {"emails": 1}},
        {"create": {"emails": 0}, "one_update": {"emails": 2}},
    )
    visit(owner, card, days_ago=9, predictions=first, words="old", ideas=[0], draft={"a.py": "1"})
    visit(guest, card, days_ago=1, predictions=second, words="new", ideas=[1], draft={"a.py": "2"})
    merge(guest, into=owner)
    kept = owner.visits.get()
    assert kept.predictions == {"create": {"emails": 1}, "one_update": {"emails": 2}}
    assert (kept.words, kept.ideas, kept.draft) == ("new", [0, 1], {"a.py": "2"})
    assert kept.earlier == [{"words": "old", "draft": {"a.py": "1"}, "why": "signed in"}]


def test_an_empty_newer_visit_takes_nothing_away(guest, owner, card):
    visit(owner, card, days_ago=9, words="old", draft={"a.py": "1"}, rating=3)
    visit(guest, card, days_ago=1)
    merge(guest, into=owner)
    kept = owner.visits.get()
    assert (kept.words, kept.draft, kept.rating, kept.earlier) == ("old", {"a.py": "1"}, 3, [])


def test_the_schedule_is_that_of_all_ratings_in_their_order(guest, owner, card):
    rated(guest, card, 1, days_ago=7)
    rated(owner, card, 3, days_ago=10)
    rated(owner, card, 3, days_ago=6)
    merge(guest, into=owner)
    other = Learner.objects.create()
    for rating, days_ago in ((3, 10), (1, 7), (3, 6)):
        rated(other, card, rating, days_ago=days_ago)
    fields = ("due", "stability", "difficulty", "state", "step", "last_review")
    merged, expected = (Review.objects.values(*fields).get(learner=who) for who in (owner, other))
    assert merged == expected
    logs = owner.review_logs.order_by("nth").values_list("nth", "rating")
    assert list(logs) == [(1, 3), (2, 1), (3, 3)]


def test_one_open_turn_a_card_stays(guest, owner, card):
    rated(guest, card, 3, days_ago=2)
    schedule.turn(guest, card, "review")
    schedule.turn(owner, card, "review")
    merge(guest, into=owner)
    assert owner.review_logs.filter(rated_at=None).count() == 1
    assert owner.review_logs.exclude(rated_at=None).count() == 1


def test_merging_twice_changes_nothing(guest, owner, card):
    rated(guest, card, 3, days_ago=2)
    merge(guest, into=owner)
    before = list(ReviewLog.objects.values())
    merge(guest, into=owner)
    assert list(ReviewLog.objects.values()) == before


def test_somebody_elses_account_is_never_merged(owner, card):
    other = Learner.objects.create(user=User.objects.create_user("ben"))
    visit(other, card, days_ago=1, words="theirs")
    merge(other, into=owner)
    assert not owner.visits.exists() and other.visits.exists()


def shared(learner, digest):
    return SharedRun.objects.create(
        learner=learner, title="t", files={}, cases=[], reports=[], digest=digest
    )


def test_shared_runs_change_hands_and_keep_their_addresses(guest, owner):
    runs = [shared(guest, "same"), shared(guest, "other"), shared(owner, "same")]
    merge(guest, into=owner)
    assert set(owner.shared_runs.all()) == set(runs)


def drafted(client, card, text):
    client.post(reverse("questions:card_show", args=[card.slug]))
    client.post(reverse("questions:card_draft", args=[card.slug]), {"file:models.py": text})


def sign_in(client):
    User.objects.create_user("ann", password="long enough 1")
    data = {"username": "ann", "password": "long enough 1"}
    return lambda: client.post(reverse("tutor:sign_in"), data)


def aside(page):
    return re.findall(r'value="use:(\w+)"', page)


def do(client, card, what, **files):
    url = reverse("questions:card_fix", args=[card.slug])
    return client.post(url, {"do": what, **files}, follow=True).text


def typed(page):
    return re.search(r'data-path="models.py"[^>]*>\n([^<]*)</textarea>', page)[1]


@pytest.fixture
def merged(client, card):
    """Return a client with a draft of before it signed in and another of the account's."""
    enter = sign_in(client)
    enter()
    drafted(client, card, "the_accounts = 1\n")
    client.post(reverse("tutor:sign_out"))
    drafted(client, card, "the_guests = 2\n")
    enter()
    return client


def test_the_draft_that_lost_is_seen_and_changes_places(merged, card):
    page = merged.get(reverse("questions:card_fix", args=[card.slug])).text
    assert typed(page) == "the_guests = 2\n"
    assert "put aside when you signed in" in page and "the_accounts" in page
    page = do(merged, card, f"use:{aside(page)[0]}")
    assert typed(page) == "the_accounts = 1\n" and "the_guests" in page
    page = do(merged, card, f"use:{aside(page)[0]}", **{"file:models.py": "more = 3\n"})
    assert typed(page) == "the_guests = 2\n" and "more" in page  # typed, and put aside


def test_the_draft_that_lost_is_forgotten_when_asked(merged, card):
    page = merged.get(reverse("questions:card_fix", args=[card.slug])).text
    for _ in range(2):
        found = do(merged, card, f"forget:{aside(page)[0]}")
        assert typed(found) == "the_guests = 2\n" and not aside(found)
    assert Visit.objects.get().earlier == []


def test_words_put_aside_stay_when_their_draft_goes(guest, owner, card, client):
    visit(owner, card, days_ago=9, ran=True, explained=True, words="old", draft={"models.py": "1"})
    visit(guest, card, days_ago=1, words="new", draft={"models.py": "2"})
    merge(guest, into=owner)
    client.force_login(owner.user)
    page = client.get(reverse("questions:card_fix", args=[card.slug])).text
    do(client, card, f"forget:{aside(page)[0]}")
    assert Visit.objects.get().earlier == [{"words": "old", "draft": {}, "why": "signed in"}]


def test_what_is_put_aside_is_nobody_elses(merged, card):
    page = merged.get(reverse("questions:card_fix", args=[card.slug])).text
    other = Client()
    drafted(other, card, "x = 1\n")
    found = do(other, card, f"use:{aside(page)[0]}")
    assert typed(found) == "x = 1\n" and "the_accounts" not in found


PLAYGROUND = reverse_lazy("questions:playground")


def scribbled(client, text):
    client.post(reverse("questions:playground_draft"), {"file:models.py": text})


def test_the_playground_goes_through_the_door(client, card):
    enter = sign_in(client)
    scribbled(client, "mine = 1\n")
    enter()
    assert typed(client.get(PLAYGROUND).text) == "mine = 1\n"


def test_the_playground_waits_for_its_owner_in_every_browser(client, card):
    enter = sign_in(client)
    enter()
    scribbled(client, "mine = 1\n")
    client.post(reverse("tutor:sign_out"))
    assert "mine = 1" not in client.get(PLAYGROUND).text  # signed out it is nobody's
    enter()
    assert typed(client.get(PLAYGROUND).text) == "mine = 1\n"
    other = Client()
    other.force_login(User.objects.get())
    assert typed(other.get(PLAYGROUND).text) == "mine = 1\n"


def test_the_playground_that_lost_is_put_aside_and_changes_places(client, card):
    enter = sign_in(client)
    enter()
    scribbled(client, "the_accounts = 1\n")
    client.post(reverse("tutor:sign_out"))
    scribbled(client, "the_guests = 2\n")
    enter()
    page = client.get(PLAYGROUND).text
    assert typed(page) == "the_guests = 2\n"
    assert "put aside when you signed in" in page and "the_accounts" in page
    page = client.post(PLAYGROUND, {"do": f"use:{aside(page)[0]}"}, follow=True).text
    assert typed(page) == "the_accounts = 1\n" and "the_guests" in page
    page = client.post(PLAYGROUND, {"do": f"forget:{aside(page)[0]}"}, follow=True).text
    assert typed(page) == "the_accounts = 1\n" and not aside(page)


def test_an_example_that_was_only_run_takes_the_place_of_no_text(client, card):
    enter = sign_in(client)
    enter()
    scribbled(client, "the_accounts = 1\n")
    client.post(reverse("tutor:sign_out"))
    client.post(PLAYGROUND, {"do": "case-add"})
    client.post(PLAYGROUND, {"do": "case-delete:1"})
    assert Playground.objects.count() == 2
    enter()
    page = client.get(PLAYGROUND).text
    assert typed(page) == "the_accounts = 1\n" and not aside(page)


def test_what_was_replaced_in_a_playground_is_not_lost_by_signing_in(client, card):
    enter = sign_in(client)
    enter()
    scribbled(client, "first = 1\n")
    client.post(PLAYGROUND, {"do": "example"})
    client.post(reverse("tutor:sign_out"))
    scribbled(client, "second = 2\n")
    client.post(PLAYGROUND, {"do": "empty"})
    scribbled(client, "third = 3\n")
    enter()
    page = client.get(PLAYGROUND).text
    assert typed(page) == "third = 3\n" and "first" in page
    page = client.post(PLAYGROUND, {"do": "back"}, follow=True).text
    assert typed(page) == "second = 2\n"


def test_a_playground_of_before_there_were_rows_is_there_still(client, card):
    session = client.session
    session["playground"] = msgspec.to_builtins(Draft({"models.py": "old = 1\n"}))
    session.save()
    assert typed(client.get(PLAYGROUND).text) == "old = 1\n"
    assert not Learner.objects.exists()  # looking writes nothing
    scribbled(client, "newer = 2\n")
    client.post(reverse("tutor:data_delete"), {"sure": "1"})
    page = client.get(PLAYGROUND).text
    assert "old = 1" not in page and "newer" not in page
