"""Results as CSV: a group's for its instructor, cards' for their editors; no words, no formula."""

import csv
import io
import uuid

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from questions.models import Card
from tests.tutor import factories
from tutor import classroom, results, sitting
from tutor.models import Attempt, Learner, LearnerGroup, Quiz, Response, ReviewLog

pytestmark = pytest.mark.django_db
WORDS = "MY-OWN-WORDS"


@pytest.fixture
def ina():
    user = User.objects.create_user("ina", is_staff=True)
    user.groups.add(Group.objects.get(name="Instructors"))
    return user


@pytest.fixture
def client(ina):
    client = Client()
    client.force_login(ina)
    return client


@pytest.fixture
def card(ina):
    card = factories.card()
    Card.objects.filter(pk=card.pk).update(author=ina)
    return card


def answered(card, **fields):
    """Return a learner who answered two quiz questions and rated the card on its page."""
    learner = Learner.objects.create()
    quiz = Quiz.objects.create(learner=learner)
    attempt = Attempt.objects.create(learner=learner, quiz=quiz, seed=1)
    said = {"card": card, "digest": "d" * 64, "ask": {}, "key": {}, "attempt": attempt,
            "answered_at": timezone.now(), **fields}  # fmt: skip
    Response.objects.create(position=1, kind="number", case="one_update", answer=2, sure="sure",
                            correct=False, points=0, **said)  # fmt: skip
    Response.objects.create(position=2, kind="explain", answer={"words": WORDS}, grade=3, **said)
    ReviewLog.objects.create(learner=learner, card=card, nth=1, source="card", case="create",
                             emails=1, sure="guess", correct=True, rating=3,
                             rated_at=said["answered_at"])  # fmt: skip
    return learner


def rows(response):
    text = response.content.decode("utf-8-sig")
    assert WORDS not in text
    return list(csv.DictReader(io.StringIO(text)))


def group_rows(client, group):
    return rows(client.get(reverse("tutor:group_results", args=[group.pk])))


def card_rows(client, *cards):
    data = {"action": "card_results", "_selected_action": [card.pk for card in cards]}
    return rows(client.post(reverse("admin:questions_card_changelist"), data))


def test_it_works(client, ina, card):
    group = LearnerGroup.objects.create(owner=ina, name="Evening class")
    learner = Learner.objects.create()
    group.memberships.create(learner=learner, name="Ada")
    someone = answered(card)
    Attempt.objects.update(learner=learner)
    ReviewLog.objects.update(learner=learner)
    found = group_rows(client, group)
    assert {row["key"] for row in found} == {group.memberships.get().key}
    assert results.pseudonym(learner.pk) not in str(found), "it would name who is in other files"
    assert {row["learner"] for row in found} == {"Ada"} and someone.pk != learner.pk
    number = next(row for row in found if row["kind"] == "number" and row["where"] == "quiz")
    assert (number["predicted"], number["sure"], number["correct"]) == ("2", "sure", "False")
    assert number["revision"] == "d" * 64
    assert number["link"] == f"http://testserver/cards/{card.slug}/"
    words = next(row for row in found if row["kind"] == "explain")
    assert (words["predicted"], words["self_grade_1_again_to_4_easy"]) == ("", "3")
    turn = next(row for row in found if row["where"] == "card")
    assert (turn["case"], turn["predicted"], turn["self_grade_1_again_to_4_easy"]) == (
        "create",
        "1",
        "3",
    )


def test_what_was_said_in_class_is_in_it_by_round(client, ina, card):
    group = LearnerGroup.objects.create(owner=ina, name="Evening class")
    ada, teacher = Learner.objects.create(), Learner.objects.create(user=ina)
    for who in (ada, teacher):
        group.memberships.create(learner=who, name="Ada")
    live = classroom.open_case(group, card.cases.get(name="create"))
    classroom.answer(live, teacher, 1, 3, "")
    classroom.answer(live, ada, 1, 0, "sure")
    live.move(to=2)
    live.move(to=3)
    classroom.answer(live, ada, 2, 1, "think")
    told = [
        ("class", "create", "1", "0", "sure", "False"),
        ("class", "create", "2", "1", "think", "True"),
    ]
    names = ("where", "case", "round", "predicted", "sure", "correct")
    found = group_rows(client, group)
    assert [tuple(row[name] for name in names) for row in found] == told
    assert {row["key"] for row in found} == {group.memberships.get(learner=ada).key}
    found = card_rows(client, card)
    assert [tuple(row[name] for name in names) for row in found] == told
    assert {row["learner"] for row in found} == {results.pseudonym(ada.pk)}
    # Another group's instructor reads nothing of it, whoever is in both.
    other = LearnerGroup.objects.create(owner=ina, name="Other")
    other.memberships.create(learner=ada, name="Ada")
    assert group_rows(client, other) == []


def test_revisions_are_those_of_the_figures(client, ina, card):
    group = LearnerGroup.objects.create(owner=ina, name="Evening class")
    ada = Learner.objects.create()
    group.memberships.create(learner=ada, name="Ada")
    made = sitting.start(ada, Quiz(kinds=["number"], length=1), [], uuid.uuid4()).responses.get()
    sitting.skip(made)
    answers = group_rows(client, group)
    figures = rows(client.get(f"{reverse('tutor:card_figures_csv')}?group={group.pk}"))
    assert {row["revision"] for row in answers} == {row["revision"] for row in figures}


def test_a_whole_row_is_told_version_by_version(client, card):
    learner = answered(card)
    attempt = learner.attempts.get()
    for position, said in ((3, [1, 0, 12]), (4, None)):
        Response.objects.create(
            attempt=attempt, position=position, kind="row", case="create", answer=said, card=card,
            digest="d" * 64, ask={}, key={}, skipped=said is None, answered_at=timezone.now(),
        )  # fmt: skip
    found = [row["predicted"] for row in card_rows(client, card) if row["kind"] == "row"]
    assert found == ["A 1, B 0, C 12", ""]


def test_every_csv_is_marked_as_utf8_and_a_groups_has_its_name(client, ina, card):
    group = LearnerGroup.objects.create(owner=ina, name="Évening class")
    learner = answered(card)
    group.memberships.create(learner=learner, name="Ada")
    set_for = group.assignments.create(name="Week 1")
    today = f"{timezone.localdate():%Y-%m-%d}"
    files = {
        reverse("tutor:group_results", args=[group.pk]): f"evening-class-results-{today}.csv",
        reverse("tutor:group_figure_csv", args=[group.pk]): f"evening-class-learners-{today}.csv",
        reverse("tutor:assignment_csv", args=[group.pk, set_for.pk]):
            f"evening-class-week-1-{today}.csv",
        f"{reverse('tutor:card_figures_csv')}?group={group.pk}":
            f"evening-class-cards-{today}.csv",
        reverse("tutor:card_figures_csv"): "cards.csv",
        reverse("tutor:card_figure_csv", args=[card.slug]): f"{card.slug}-",
    }  # fmt: skip
    for url, name in files.items():
        answer = client.get(url)
        assert answer.content.startswith(b"\xef\xbb\xbf") and answer.content.count(b"\xbf") == 1
        assert f'filename="{name}' in answer["Content-Disposition"]
    mine = Client()
    mine.force_login(ina)
    Learner.objects.create(user=ina)
    assert mine.get(reverse("tutor:data_csv")).content.startswith(b"\xef\xbb\xbf")


def test_what_was_before_joining_is_not_in_it(client, ina, card):
    group = LearnerGroup.objects.create(owner=ina, name="Evening class")
    early = answered(card)
    group.memberships.create(learner=early, name="Ada")
    assert group_rows(client, group) == []


def test_others_are_not_in_it(client, ina, card):
    group = LearnerGroup.objects.create(owner=ina, name="Evening class")
    group.memberships.create(learner=Learner.objects.create(), name="Ada")
    answered(card)
    assert group_rows(client, group) == []


def test_name_that_begins_like_a_formula_is_text(client, ina, card):
    group = LearnerGroup.objects.create(owner=ina, name="Evening class")
    for number, name in enumerate(["=1+1", "+1", "-1", "@sum", "\tx", "＝1"]):
        member = group.memberships.create(learner=Learner.objects.create(), name=name)
        Attempt.objects.filter(learner=answered(card)).update(learner=member.learner)
        assert number == group.memberships.count() - 1
    names = {row["learner"] for row in group_rows(client, group)}
    assert names == {"'=1+1", "'+1", "'-1", "'@sum", "'\tx", "'＝1"}


def test_results_of_cards_name_nobody_and_tell_learners_apart(client, card):
    learners = [answered(card), answered(card)]
    found = card_rows(client, card)
    assert len(found) == 6
    assert {row["learner"] for row in found} == {results.pseudonym(one.pk) for one in learners}
    assert not any(str(one.pk)[:8] in str(found) for one in learners)


def test_results_are_given_only_to_those_who_may_edit_the_card(client, card):
    answered(card)
    Card.objects.filter(pk=card.pk).update(author=None)
    data = {"action": "card_results", "_selected_action": [card.pk]}
    page = client.post(reverse("admin:questions_card_changelist"), data, follow=True)
    assert "Results are given out for cards that you may edit." in page.content.decode()
