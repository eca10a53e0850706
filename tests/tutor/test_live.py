"""A card in class: predictions stay hidden until revealed, the measure until told."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.tutor import factories
from tutor.histogram import Histogram, Series
from tutor.merge import merge
from tutor.models import Learner, LearnerGroup, Live, LiveAnswer
from tutor.templatetags.learning import opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(teacher):
    card = factories.card()
    teacher.post(reverse("tutor:groups"), {"name": "Evening class"})
    group = LearnerGroup.objects.get()
    case = card.cases.get(name="create")
    teacher.post(reverse("tutor:live_open", args=[group.pk]), {"case": case.pk})
    return Live.objects.get()


def joined(live):
    client = Client()
    client.post(
        reverse("tutor:join_group", args=[live.group.code]),
        {"name": f"Ada {live.group.memberships.count()}"},
    )
    return client


def say(client, live, emails, nth=1, sure="sure"):
    url = reverse("tutor:class_answer", args=[live.group_id])
    return client.post(url, {"emails": emails, "sure": sure, "round": nth})


def step(teacher, live, to):
    teacher.post(reverse("tutor:live_step", args=[live.group_id, live.pk]), {"to": to})
    live.refresh_from_db()


def seen(client, live, name="classroom"):
    arguments = [live.group_id, live.pk] if name == "live" else [live.group_id]
    return client.get(reverse(f"tutor:{name}", args=arguments)).content.decode()


WAYS = ["/", "/cards/", "/progress/", "/quiz/"]


@pytest.mark.parametrize("page", WAYS)
def test_a_learner_finds_the_way_back_to_class(teacher, live, page):
    ada, room = joined(live), reverse("tutor:classroom", args=[live.group_id])
    there = f'href="{room}">Evening class: a question is open</a>'
    assert there in ada.get(page).content.decode()
    assert "a question is open" not in ada.get(room).content.decode()
    assert "Evening class" not in Client().get(page).content.decode()
    step(teacher, live, 2)
    assert "Evening class: a card is shown" in ada.get(page).content.decode()
    live.close()
    assert "Evening class:" not in ada.get(page).content.decode()


@pytest.mark.parametrize("page", ["/progress/", "/quiz/", "/join/"])
def test_a_learner_finds_their_groups_when_nothing_is_shown(live, page):
    ada, room = joined(live), reverse("tutor:classroom", args=[live.group_id])
    live.close()
    assert f'href="{room}">Evening class</a>' in ada.get(page).content.decode()


def test_it_works(teacher, live):
    ada, ben = joined(live), joined(live)
    say(ada, live, 0)
    say(ben, live, 1, sure="guess")
    page = seen(teacher, live, "live")
    assert "<b>2</b> of 2 have predicted" in page and "<rect" not in page
    step(teacher, live, 2)
    page = seen(teacher, live, "live")
    assert page.count('<rect class="bar') == 2 and "It sent" not in page
    step(teacher, live, 3)
    say(ada, live, 1, nth=2)
    step(teacher, live, 4)
    step(teacher, live, 5)
    assert "It sent 1" in seen(teacher, live, "live")
    assert "You said 0 in round 1. You said 1 in round 2 ✓ right." in seen(ada, live)
    assert "You said 1 in round 1 ✓ right." in seen(ben, live)


def test_the_pages_name_the_card_tell_its_story_and_leave_code_as_it_is(teacher, live):
    ada = joined(live)
    for client, page in ((teacher, "live"), (ada, "classroom")):
        shown = seen(client, live, page)
        assert live.card.title in shown and "Readers complain: one change" in shown
        assert shown.count("what happens") == 1
    for about, said in (("save() twice", "save() twice"), ("one is saved", "One is saved")):
        live.ask["case"]["about"] = about
        live.save()
        assert f">{said}</p>" in seen(teacher, live, "live")
        assert f">{said}</p>" in seen(ada, live)


def test_an_opening_is_whole_sentences():
    story = 'Ann: "Why *two*?" Ben looks. ' + "It is a long story without an end " * 9
    assert opening(story) == 'Ann: "Why two?" Ben looks.'
    assert opening("One. " + "x" * 300 + ".") == "One."
    assert opening("no end") == "no end"


def test_learners_see_nothing_of_others_before_it_is_revealed(teacher, live):
    ada, ben = joined(live), joined(live)
    say(ada, live, 7)
    assert "<rect" not in seen(ben, live) and "It sent" not in seen(ben, live)
    step(teacher, live, 2)
    assert "<rect" in seen(ben, live) and "It sent" not in seen(ben, live)


def test_an_answer_may_be_changed_until_it_is_revealed(teacher, live):
    ada = joined(live)
    say(ada, live, 3)
    say(ada, live, 2, sure="think")
    assert LiveAnswer.objects.get().emails == 2
    step(teacher, live, 2)
    say(ada, live, 1)
    assert LiveAnswer.objects.get().emails == 2
    step(teacher, live, 3)
    say(ada, live, 1)  # an old page of round 1
    assert LiveAnswer.objects.get().round == 1


@pytest.mark.parametrize("emails", ["", "-1", "100", "many", "1.5"])
def test_nonsense_is_refused_in_words(live, emails):
    ada = joined(live)
    say(ada, live, emails)
    assert "whole number of emails" in seen(ada, live) and not LiveAnswer.objects.exists()


def test_whoever_is_not_in_the_group_answers_nothing(live):
    assert say(Client(), live, 1).status_code == 404 and not LiveAnswer.objects.exists()


@pytest.mark.parametrize("to", ["3", "4", "5", "0", "x", ""])
def test_steps_are_taken_in_order(teacher, live, to):
    step(teacher, live, to)
    assert live.stage == Live.Stage.FIRST and live.closed_at is None


def test_the_pages_ask_whether_something_is_new(teacher, live):
    ada = joined(live)
    mine = reverse("tutor:classroom", args=[live.group_id])
    same = ada.get(mine, {"have": f"{live.pk}.1"})
    assert same.status_code == 204 and "HX-Refresh" not in same
    step(teacher, live, 2)
    assert ada.get(mine, {"have": f"{live.pk}.1"})["HX-Refresh"] == "true"
    count = teacher.get(live.get_absolute_url(), {"have": "2"})
    assert "predicted" in count.content.decode() and "HX-Refresh" not in count
    assert teacher.get(live.get_absolute_url(), {"have": "1"})["HX-Refresh"] == "true"


def test_one_card_at_a_time(teacher, live):
    case = live.card.cases.get(name="one_update")
    url, other = reverse("tutor:live_open", args=[live.group_id]), {"case": case.pk}
    page = teacher.post(url, other).text
    live.refresh_from_db()
    assert "Close what is asked now?" in page and str(live) in page and not live.closed_at
    teacher.post(url, {**other, "instead": live.pk + 1})
    assert Live.objects.count() == 1
    teacher.post(url, {**other, "instead": live.pk})
    live.refresh_from_db()
    assert live.closed_at and Live.objects.get(closed_at=None).case == "one_update"


def test_an_edited_card_does_not_change_what_is_asked(teacher, live):
    live.card.versions.all().delete()
    assert "UserProfile" in seen(joined(live), live)
    step(teacher, live, 2)
    step(teacher, live, 5)
    assert "It sent 1" in seen(teacher, live, "live")


def test_a_case_of_a_draft_is_not_offered(teacher, live):
    draft = factories.card(9, status="draft")
    url = reverse("tutor:live_open", args=[live.group_id])
    teacher.post(url, {"case": draft.cases.first().pk})
    assert Live.objects.count() == 1


def test_signing_in_keeps_the_answer_once(live):
    ada = joined(live)
    say(ada, live, 1)
    account = Learner.objects.create(user=User.objects.create_user("ada"))
    live.answers.create(learner=account, round=1, emails=4)
    merge(Learner.objects.get(user=None), into=account)
    assert [each.emails for each in LiveAnswer.objects.all()] == [4]


def words(histogram):
    return [(bin.word, bin.counts, bin.right) for bin in histogram.bins]


def test_the_axis_gives_nothing_away():
    said = [Series("round 1", {1: 3})]
    assert [word for word, _, _ in words(Histogram(said))] == ["0", "1", "2", "3"]
    assert words(Histogram(said, 5))[5] == ("5", [0], True)


def test_many_different_numbers_end_in_one_bin():
    said = [Series("round 1", dict.fromkeys(range(0, 60, 5), 1))]
    found = words(Histogram(said, 40))
    assert len(found) == 9 and found[-1] == ("25+", [7], True)
    assert sum(counts[0] for _, counts, _ in found) == 12


def test_what_is_over_is_told_as_over(teacher, live):
    ada, ben = joined(live), joined(live)
    say(ada, live, 0)
    say(ben, live, 1)
    step(teacher, live, 2)
    assert "<b>2</b> of 2 predicted" in seen(teacher, live, "live")
    step(teacher, live, 5)  # without a second round
    assert "<b>2</b> of 2 predicted" in seen(teacher, live, "live")
    step(teacher, live, "close")
    page = seen(teacher, live, "live")
    assert "<b>2</b> of 2 predicted" in page and "Closed." in page


def test_cases_are_those_of_the_card_that_is_chosen(teacher, live):
    factories.card(9, status="draft", title="A draft")
    other = factories.card(10, title="Without a claim")
    other.cases.exclude(name="create").delete()
    other.cases.get().claims.filter(version__name="buggy").delete()
    group = live.group.get_absolute_url()
    page = teacher.get(group).text
    assert str(live.card) in page and "A draft" not in page and "Without a claim" not in page
    assert 'name="case"' not in page
    for more in ({}, {"HX-Request": "true"}):
        page = teacher.get(group, {"card": live.card.slug}, headers=more).text
        assert page.count('name="case"') == 3 and ("<h1>" in page) == (not more)
    # Chosen is the first to predict in which the card's own code fails, not the first.
    cases = {case.name: case for case in live.card.cases.all()}

    def chosen():
        page = teacher.get(group, {"card": live.card.slug}).text
        return re.findall(r'name="case" value="(\d+)" checked', page)

    assert chosen() == [str(cases["create"].pk)]
    live.card.cases.filter(name="create").update(predict=False)
    assert chosen() == [str(cases["no_change_save"].pk)]
    live.card.cases.update(predict=False)
    assert chosen() == [str(cases["one_update"].pk)]
    for gone in ("profile-update-9", other.slug, "nope", "\0"):
        assert 'name="case"' not in teacher.get(group, {"card": gone}).text


@pytest.mark.parametrize("case", ["", "0", "x", "9" * 30, None])
def test_only_a_case_that_can_be_asked_is_projected(teacher, live, case):
    draft = factories.card(9, status="draft").cases.first().pk
    url = reverse("tutor:live_open", args=[live.group_id])
    page = teacher.post(url, {"case": draft if case is None else case}, follow=True).text
    assert "Choose a card and a case." in page and Live.objects.count() == 1


def test_what_stopped_is_named_without_the_phase(teacher, live):
    ada = joined(live)
    Live.objects.update(key={**live.key, "error": "case:TypeError"}, stage=5)
    for client, name in ((teacher, "live"), (ada, "classroom")):
        assert 'It stopped with <code translate="no">TypeError</code>' in seen(client, live, name)
