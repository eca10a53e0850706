"""Quizzes that were begun: each says what it is, and can be discarded."""

import uuid

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.tutor import factories
from tutor.models import Attempt, Learner, LearnerGroup, Quiz, Response

pytestmark = pytest.mark.django_db
QUIZZES = "/quiz/"


@pytest.fixture
def cards():
    return [factories.card(number, topics=["Signal Handling"]) for number in range(1, 6)]


def begin(client, **data):
    client.post(QUIZZES, {"length": 3, "token": uuid.uuid4(), **data})
    return Attempt.objects.latest("started_at")


def discard(client, attempt):
    return client.post(reverse("tutor:attempt_discard", args=[attempt.pk]), follow=True).text


def test_each_says_its_kinds_topics_and_length(client, cards):
    topic = factories.topic("Signal Handling")
    begin(client, kinds=["number"], topics=[topic.pk], difficulties=[cards[0].difficulty])
    begin(client, kinds=["explain", "number"], length=5)
    page = client.get(QUIZZES).text
    level = cards[0].get_difficulty_display()
    assert f"predict the number; Signal Handling; {level}; begun" in page
    assert "Question 1 of 3" in page and "Question 1 of 5" in page and "any topic" in page


def test_all_that_were_begun_are_listed(client, cards):
    sat = [begin(client, kinds=["number"]) for _ in range(7)]
    page = client.get(QUIZZES).text
    assert all(f'href="{each.get_absolute_url()}"' in page for each in sat)
    assert "3 more</summary>" in page


def test_one_without_an_answer_goes_when_that_was_confirmed(client, cards):
    attempt = begin(client, kinds=["number"])
    page = client.get(reverse("tutor:attempt_discard", args=[attempt.pk])).text
    assert "Nothing is answered in it" in page and "3 questions: predict the number" in page
    assert Attempt.objects.exists()
    assert "It is discarded." in discard(client, attempt)
    assert not Attempt.objects.exists() and not Quiz.objects.exists()


def test_what_was_answered_stays_as_a_quiz_of_its_own(client, cards):
    attempt = begin(client, kinds=["number"])
    first, second, _ = attempt.responses.all()
    client.post(first.get_absolute_url(), {"skip": "1"})
    client.post(second.get_absolute_url(), {"emails": second.key["emails"]})
    url = reverse("tutor:attempt_discard", args=[attempt.pk])
    assert "1 of 3, stays" in client.get(url).text
    assert "what you answered is kept" in discard(client, attempt)
    kept = Response.objects.get()
    assert (kept.pk, kept.position) == (second.pk, 1) and Attempt.objects.get().finished
    page = client.get(QUIZZES).text
    assert "1 of 1 right" in page and "Go on</h2>" not in page


def test_discarding_twice_changes_nothing(client, cards):
    attempt = begin(client, kinds=["number"])
    first = attempt.responses.first()
    client.post(first.get_absolute_url(), {"emails": 1})
    discard(client, attempt)
    discard(client, attempt)
    assert Response.objects.count() == 1


def test_one_that_was_set_is_its_instructors_to_take_back(client, cards):
    attempt = begin(client, kinds=["number"])
    learner = Learner.objects.get()
    group = LearnerGroup.objects.create(owner=User.objects.create_user("teacher"), name="Evening")
    group.memberships.create(learner=learner)
    group.assignments.create(name="Week 1", token=attempt.token)
    page = client.get(QUIZZES).text
    assert "Week 1</b>, set for you" in page and "Discard" not in page
    discard(client, attempt)
    assert Attempt.objects.filter(finished_at=None).exists()


def test_one_of_somebody_else_is_not_there(client, cards):
    attempt = begin(client, kinds=["number"])
    other = Client()
    begin(other)
    assert other.post(reverse("tutor:attempt_discard", args=[attempt.pk])).status_code == 404
    assert Attempt.objects.filter(pk=attempt.pk).exists()
