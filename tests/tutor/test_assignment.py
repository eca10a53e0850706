"""Assignments: a quiz for a group, sat once by each learner, its results for the instructor."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from questions.models import Card
from tests.tutor import factories
from tutor import sitting
from tutor.merge import merge
from tutor.models import Assignment, Attempt, Learner, LearnerGroup, Quiz
from tutor.templatetags.learning import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(teacher):
    cards = [factories.card(number) for number in (1, 2, 3)]
    group = LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")
    data = {
        "name": "Week 1", "cards": [card.pk for card in cards[:2]], "kinds": ["number"],
        "length": 5, "due_at": "2099-01-01T12:00",
    }  # fmt: skip
    teacher.post(reverse("tutor:assign", args=[group.pk]), data)
    return Assignment.objects.get()


def joined(assignment, name="Ada"):
    client = Client()
    client.post(reverse("tutor:join_group", args=[assignment.group.code]), {"name": name})
    return client


def start(client, assignment):
    url = reverse("tutor:assignment_start", args=[assignment.group_id, assignment.pk])
    return client.post(url)


def test_it_works(teacher, assignment):
    ada = joined(assignment)
    joined(assignment, "=Ben")
    assert "Week 1" in ada.get(reverse("tutor:quizzes")).content.decode()
    room = ada.get(reverse("tutor:classroom", args=[assignment.group_id]))
    assert "Week 1" in room.content.decode()
    assert "0 of 2 finished" in teacher.get(assignment.group.get_absolute_url()).content.decode()
    start(ada, assignment)
    attempt = Attempt.objects.get()
    assert {each.card.number for each in attempt.responses.all()} == {1, 2}
    assert {each.kind for each in attempt.responses.all()} == {"number"}
    for response in attempt.responses.all():
        emails = response.key["emails"] + (response.position == 2)
        ada.post(response.get_absolute_url(), {"emails": emails})
        url = reverse("tutor:question_grade", args=[attempt.pk, response.position])
        ada.post(url, {"grade": 3})
    result = ada.get(reverse("tutor:result", args=[attempt.pk])).content.decode()
    assert "A card counts in each of its topics." in result
    done = f'href="{reverse("tutor:result", args=[attempt.pk])}">done, 1 of 2<'
    for there in (reverse("tutor:classroom", args=[assignment.group_id]), reverse("tutor:quizzes")):
        page = ada.get(there).content.decode()
        assert done in page and "Open<" not in page
    assert "1 of 2 finished" in teacher.get(assignment.group.get_absolute_url()).content.decode()
    page = teacher.get(assignment.get_absolute_url()).content.decode()
    assert "1 of 2" in page and "late" not in page
    url = reverse("tutor:assignment_csv", args=[assignment.group_id, assignment.pk])
    file = teacher.get(url)
    lines = file.content.decode().splitlines()
    assert lines[0].endswith(",right,measured,share_right_0_to_1,self_rated")
    assert lines[1].startswith("'=Ben,") and lines[1].endswith(",,,,,,,")
    assert lines[2].endswith(",,1,2,0.5,0")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", lines[2].split(",")[2])
    today = f"{timezone.localdate():%Y-%m-%d}"
    assert f'filename="evening-class-week-1-{today}.csv"' in file["Content-Disposition"]


def test_times_in_the_file_say_the_zone_of_whoever_reads(teacher, assignment):
    start(joined(assignment), assignment)
    Attempt.objects.update(started_at=datetime(2026, 7, 1, 10, tzinfo=UTC))
    teacher.cookies["zone"] = "Europe/Berlin"
    url = reverse("tutor:assignment_csv", args=[assignment.group_id, assignment.pk])
    assert ",2026-07-01T12:00:00+02:00,," in teacher.get(url).content.decode()


def test_a_name_without_latin_letters_still_names_the_file(teacher, assignment):
    assignment.group.name = assignment.name = "クラス"
    assignment.group.save()
    assignment.save()
    url = reverse("tutor:assignment_csv", args=[assignment.group_id, assignment.pk])
    assert 'filename="group-quiz-' in teacher.get(url)["Content-Disposition"]


def test_a_second_click_begins_nothing_twice(assignment):
    ada = joined(assignment)
    first, second = start(ada, assignment), start(ada, assignment)
    assert first["Location"] == second["Location"] and Attempt.objects.count() == 1


def test_everybody_gets_the_same_cards(assignment):
    for name in ("Ada", "Ben"):
        start(joined(assignment, name), assignment)
    first, second = ([r.card_id for r in each.responses.all()] for each in Attempt.objects.all())
    assert first == second


def test_late_is_said(teacher, assignment):
    ada = joined(assignment)
    start(ada, assignment)
    Attempt.objects.get().finish()
    Assignment.objects.update(due_at=timezone.now() - timedelta(days=1))
    assert "late" in teacher.get(assignment.get_absolute_url()).content.decode()


def test_whoever_left_starts_nothing(assignment):
    ada = joined(assignment)
    ada.post(reverse("tutor:leave", args=[assignment.group_id]))
    assert "not in this group any more" in start(ada, assignment).content.decode()
    assert not Attempt.objects.exists()


def test_a_quiz_without_cards_is_not_set(teacher, assignment):
    url = reverse("tutor:assign", args=[assignment.group_id])
    page = teacher.post(url, {"name": "x", "length": 5})
    assert "Tick at least one card." in page.content.decode()
    assert Assignment.objects.count() == 1


def test_cards_are_ticked_by_topic_and_drafts_are_not_there(teacher, assignment):
    factories.card(8, topics=["Data Integrity"])
    draft = factories.card(9, status="draft")
    bare = factories.card(10, topics=[])
    url = reverse("tutor:assign", args=[assignment.group_id])
    ticked = {"name": "", "length": 5, "cards": [bare.pk]}
    page = teacher.post(url, ticked).content.decode()
    for words in ("Data Integrity</legend>", "Other cards</legend>", "8 One update"):
        assert words in page
    assert f'value="{bare.pk}" checked' in page and str(draft) not in page


def asked(attempt):
    found = attempt.responses.values_list("card", "kind", "case", "digest", "ask", "key")
    return [tuple(each) for each in found]


def test_whoever_comes_later_is_asked_the_same_of_a_retired_and_of_an_edited_card(
    teacher, assignment
):
    Assignment.objects.update(kinds=[])
    start(joined(assignment), assignment)
    one, other = assignment.cards.all()
    Card.objects.filter(pk=one.pk).update(status="retired")
    other.cases.update(title="As edited")
    ben = joined(assignment, "Ben")
    quiz = Quiz(length=3)  # Ben saw cases before: what is fixed does not look at that
    sitting.start(Learner.objects.last(), quiz, [], uuid.uuid4())
    there = start(ben, assignment)["Location"]
    second, first = Attempt.objects.filter(token=assignment.token)
    assert asked(first) == asked(second) and len(asked(first)) == len(assignment.questions) > 1
    assert ben.get(there, follow=True).status_code == 200
    page = teacher.get(assignment.get_absolute_url()).content.decode()
    assert f"“{one.title}”</b> is published no more" in page
    assert one.get_absolute_url() not in page and ">retired<" in page


def test_what_nobody_can_be_asked_is_not_set(teacher, assignment):
    card = factories.card(7)
    Card.objects.filter(pk=card.pk).update(ideas=[])
    url = reverse("tutor:assign", args=[assignment.group_id])
    post = {"name": "x", "length": 5, "cards": [card.pk], "kinds": ["explain"]}
    page = teacher.post(url, post)
    assert "These cards have no question of these kinds." in page.content.decode()
    assert Assignment.objects.count() == 1


def test_what_was_set_before_questions_were_fixed_is_fixed_by_the_first_start(assignment):
    Assignment.objects.update(questions=[])
    start(joined(assignment), assignment)
    assignment.refresh_from_db()
    assert [each["card"] for each in assignment.questions] == [
        each.card_id for each in Attempt.objects.get().responses.all()
    ]


def test_a_deleted_card_is_left_out(assignment):
    one, other = assignment.cards.all()
    Card.objects.filter(pk=one.pk).delete()
    start(joined(assignment), assignment)
    assert [each.card for each in Attempt.objects.get().responses.all()] == [other]


def test_retiring_tells_of_the_quizzes_that_have_the_card(client, assignment):
    overseer = User.objects.create_superuser("overseer")
    client.force_login(overseer)
    inside, outside = assignment.cards.first(), factories.card(7)
    page = client.get(reverse("admin:questions_card_retire", args=[inside.pk])).content.decode()
    assert "A quiz set for a group has this card" in page
    assert f'href="{assignment.get_absolute_url()}"' in page
    page = client.get(reverse("admin:questions_card_retire", args=[outside.pk])).content.decode()
    assert "set for a group" not in page


def test_cards_that_are_gone_are_said(assignment):
    ada = joined(assignment)
    Assignment.objects.update(questions=[])
    assignment.cards.update(status="retired")
    assert start(ada, assignment).status_code == 302
    assert not Attempt.objects.exists()


def test_taking_it_back_keeps_what_was_answered(teacher, assignment):
    start(joined(assignment), assignment)
    args = [assignment.group_id, assignment.pk]
    teacher.post(reverse("tutor:assignment_delete", args=args))
    assert not Assignment.objects.exists() and Attempt.objects.count() == 1


def test_both_sittings_stay_when_a_guest_signs_in(assignment):
    start(joined(assignment), assignment)
    guest = Learner.objects.get()
    account = Learner.objects.create(user=User.objects.create_user("ada"))
    mine = Attempt.objects.get()
    Attempt.objects.create(learner=account, quiz=mine.quiz, token=mine.token, seed=1)
    merge(guest, into=account)
    assert account.attempts.count() == 2
    assert account.attempts.filter(token=assignment.token).count() == 1


def test_name_and_due_time_may_change_and_nothing_else(teacher, assignment):
    args = [assignment.group_id, assignment.pk]
    url = reverse("tutor:assignment_change", args=args)
    assert 'value="2099-01-01T12:00"' in teacher.get(url).content.decode()
    teacher.post(url, {"name": "Week 2", "due_at": "", "length": 1, "cards": []})
    assignment.refresh_from_db()
    assert (assignment.name, assignment.due_at, assignment.length) == ("Week 2", None, 5)
    assert assignment.cards.count() == 2
    assert "This field is required." in teacher.post(url, {"name": ""}).content.decode()


def test_a_due_time_in_the_past_is_refused(teacher, assignment):
    args = [assignment.group_id, assignment.pk]
    url = reverse("tutor:assignment_change", args=args)
    past = {"name": "Week 2", "due_at": "2020-01-01T10:00"}
    assert "This time is past" in teacher.post(url, past).content.decode()
    Assignment.objects.update(due_at=timezone.now() - timedelta(days=1))
    assignment.refresh_from_db()
    # The name may still change after the end.
    there = {"name": "Week 2", "due_at": f"{assignment.due_at:%Y-%m-%dT%H:%M}"}
    assert teacher.post(url, there).status_code == 302
    assignment.refresh_from_db()
    assert assignment.name == "Week 2"


def test_learners_read_the_year_and_that_it_is_overdue(assignment):
    ada = joined(assignment)
    page = ada.get(reverse("tutor:quizzes")).content.decode()
    assert "due 1 January 2099, 12:00 UTC" in page and "overdue" not in page
    Assignment.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert "overdue" in ada.get(reverse("tutor:quizzes")).content.decode()
    start(ada, assignment)
    Attempt.objects.get().finish()
    assert "overdue" not in ada.get(reverse("tutor:quizzes")).content.decode()


def test_this_year_is_not_said():
    now = timezone.now()
    assert str(now.year) not in moment(now)
    assert str(now.year - 1) in moment(now.replace(year=now.year - 1, day=1))


def test_what_is_soonest_due_stands_first_and_before_the_form(assignment):
    ada = joined(assignment)
    named = (("Later", 9), ("Soon", 1), ("Whenever", None), ("Sat", 0))
    for name, days in named:
        due = days is not None and timezone.now() + timedelta(days=days)
        other = Assignment.objects.create(group=assignment.group, name=name, due_at=due or None)
        other.cards.set(assignment.cards.all())
    start(ada, other)
    Attempt.objects.get().finish()
    page = ada.get(reverse("tutor:quizzes")).content.decode()
    words = ("<b>Soon<", "<b>Later<", "<b>Week 1<", "<b>Whenever<", ">Set a quiz<", "<b>Sat<")
    places = [page.index(each) for each in words]
    assert places == sorted(places)


def test_cards_that_are_gone_leave_nothing_to_start(teacher, assignment):
    ada, ben = joined(assignment), joined(assignment, "Ben")
    start(ben, assignment)
    Assignment.objects.update(questions=[])  # as it was before they were fixed
    assert "nobody can start it" not in teacher.get(assignment.get_absolute_url()).content.decode()
    assignment.cards.update(status="retired")
    assert "nobody can start it" in teacher.get(assignment.get_absolute_url()).content.decode()
    url = reverse("tutor:assignment_start", args=[assignment.group_id, assignment.pk])
    for page in (
        reverse("tutor:quizzes"),
        reverse("tutor:classroom", args=[assignment.group_id]),
    ):
        text = ada.get(page).content.decode()
        assert "Its cards were withdrawn" in text and "Start<span" not in text
        text = ben.get(page).content.decode()
        assert f'action="{url}"' in text and "Open<span" in text and "withdrawn" not in text
