"""Own words are rated by the learner alone: the same everywhere, and never counted as right."""

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.tutor import factories
from tutor import analytics
from tutor.models import Attempt, LearnerGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(teacher):
    return LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")


def sat(group, kinds, grade=2, explain=True):
    """Return a client, what was set, and its sitting: numbers missed, words rated `grade`."""
    made = group.assignments.create(name="Week 1", kinds=kinds)
    made.cards.set([factories.card()])
    client = Client()
    client.post(reverse("tutor:join_group", args=[group.code]), {"name": "Ada"})
    client.post(reverse("tutor:assignment_start", args=[group.pk, made.pk]))
    attempt = Attempt.objects.get()
    for each in attempt.responses.all():
        there = reverse("tutor:question_grade", args=[attempt.pk, each.position])
        if each.kind == "explain" and not explain:
            client.post(each.get_absolute_url(), {"skip": 1})
            continue
        told = {"words": "It is sent twice."} if each.kind == "explain" else {"emails": 7}
        client.post(each.get_absolute_url(), told)
        client.post(there, {"grade": grade, "idea": [0]})
    attempt.finish()
    return client, made, attempt


def pages(client, teacher, made, attempt):
    """Return (the learner's result, the table, the answers) as they read."""
    group = made.group_id
    mine = client.get(reverse("tutor:result", args=[attempt.pk])).content.decode()
    table = teacher.get(made.get_absolute_url()).content.decode()
    args = [group, made.pk, made.group.memberships.get().pk]
    return mine, table, teacher.get(reverse("tutor:assignment_answers", args=args)).content.decode()


def line(teacher, made):
    url = reverse("tutor:assignment_csv", args=[made.group_id, made.pk])
    return next(csv.DictReader(io.StringIO(teacher.get(url).content.decode("utf-8-sig"))))


@pytest.mark.parametrize("grade", [2, 3])
def test_it_is_told_the_same_to_learner_and_teacher(teacher, group, grade):
    told = sat(group, ["number", "explain"], grade)
    mine, table, answers = pages(told[0], teacher, *told[1:])
    word = {2: "Hard", 3: "Good"}[grade]
    assert '<h1 class="big">0 of 1, 1 self-rated</h1>' in mine
    assert f"self-rated: {word}" in mine and mine.count("</span> missed<") == 1
    assert "</span> right<" not in mine and "not counted in the number" in mine
    assert "0 of 1, 1 self-rated" in table and "self-rated and stand beside it" in table
    assert "0 of 1 right, 1 self-rated" in answers and ">self-rated<" in answers
    for there in ("tutor:quizzes", "tutor:progress"):
        assert "0 of 1 right, 1 self-rated" in told[0].get(reverse(there)).content.decode()
    row = line(teacher, told[1])
    assert (row["right"], row["measured"], row["share_right_0_to_1"]) == ("0", "1", "0.0")
    assert row["self_rated"] == "1"


def test_of_own_words_alone_there_is_no_share(teacher, group):
    told = sat(group, ["explain"], 3)
    mine, table, answers = pages(told[0], teacher, *told[1:])
    assert '<h1 class="big">1 self-rated</h1>' in mine and "You rated yourself" in mine
    for page in (mine, table, answers):
        assert "0 of" not in page and "1 of 1" not in page
    row = line(teacher, told[1])
    assert (row["right"], row["measured"], row["share_right_0_to_1"]) == ("0", "0", "")
    assert "done, 1 self-rated" in told[0].get(reverse("tutor:quizzes")).content.decode()


def test_skipped_own_words_are_no_measured_miss_either(teacher, group):
    told = sat(group, ["number", "explain"], explain=False)
    mine, _, answers = pages(told[0], teacher, *told[1:])
    assert (
        '<h1 class="big">0 of 1</h1>' in mine
        and "not counted<" in mine
        and "not counted<" in answers
    )
    assert analytics.answers(group).count() == 1
    rows = teacher.get(reverse("tutor:group_results", args=[group.pk])).content.decode("utf-8-sig")
    words = [each for each in csv.DictReader(io.StringIO(rows)) if each["kind"] == "explain"]
    assert [(each["correct"], each["points"], each["skipped"]) for each in words] == [
        ("", "", "True")
    ]
