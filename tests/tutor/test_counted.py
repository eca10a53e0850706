"""Who is counted: learners, and nobody who may edit the card or teaches the group."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django.utils import timezone

from tests.tutor import factories
from tutor import classroom, fixes, group_figures, results
from tutor.card_sheet import Sheet, overview, revisions
from tutor.models import Attempt, Learner, LearnerGroup, Quiz, ReviewLog, Visit

pytestmark = pytest.mark.django_db
LEARNERS = {"guest", "learner", "instructor"}
NOBODY = {"author", "editor", "superuser", "permitted"}


def made(name):
    """Return a learner of this name; one of each kind that there is."""
    if name == "guest":
        return Learner.objects.create()
    user = User.objects.create_user(name, is_staff=name != "learner")
    if name in ("author", "instructor", "owner"):
        user.groups.add(Group.objects.get(name="Instructors"))
    if name == "editor":
        user.groups.add(Group.objects.get(name="Editors"))
    if name == "permitted":
        user.user_permissions.add(Permission.objects.get(codename="edit_all_cards"))
    User.objects.filter(pk=user.pk, username="superuser").update(is_superuser=True)
    return Learner.objects.create(user=user)


@pytest.fixture
def people():
    return {name: made(name) for name in sorted(LEARNERS | NOBODY | {"owner"})}


@pytest.fixture
def card(people):
    card = factories.card(author=people["author"].user)
    card.seal()
    return card


@pytest.fixture
def group(people):
    group = LearnerGroup.objects.create(owner=people["owner"].user, name="Evening class")
    for name, who in people.items():
        group.memberships.create(learner=who, name=name)
    group.memberships.update(joined_at=timezone.now() - timedelta(days=1))
    return group


def walk(who, card, live):
    """Do everything once that is counted: predict, say, answer, mend, rate, predict in class."""
    now = timezone.now()
    said = {"create": {"emails": 1, "sure": "sure", "more": False}}
    Visit.objects.create(
        learner=who, card=card, digest=card.digest, predictions=said, words="x", ideas=[0],
        explained=True,
    )  # fmt: skip
    quiz = Quiz.objects.create(learner=who)
    attempt = Attempt.objects.create(learner=who, quiz=quiz, seed=1)
    kept = {"card": card, "digest": card.digest, "ask": {}, "asked_at": now, "answered_at": now}
    key = {"version": "buggy", "emails": 1}
    attempt.responses.create(position=1, kind="number", case="create", key=key, answer=2,
                             sure="sure", correct=False, points=0, grade=4, **kept)  # fmt: skip
    attempt.responses.create(position=2, kind="explain", key={}, measured={"ideas": [0]}, **kept)
    cells = [fixes.cell("create", 1, "", ok=False)]
    fixes.keep(who, card.pk, card.digest, {"models.py": "x = 1\n"}, cells)
    ReviewLog.objects.create(
        learner=who, card=card, nth=1, source="card", case="create", emails=1, sure="guess",
        correct=True, rating=3, rated_at=now,
    )  # fmt: skip
    live.answers.create(learner=who, round=1, emails=1, sure="sure")


@pytest.fixture
def world(people, card, group):
    live = classroom.open_case(group, card.cases.get(name="create"))
    for who in people.values():
        walk(who, card, live)
    live.stage = live.Stage.TOLD
    live.save()
    return live


@pytest.mark.parametrize("of_group", [False, True])
def test_only_learners_are_counted_everywhere(world, card, group, of_group):
    sheet = Sheet(card, card.digest, group if of_group else None)
    wanted = len(LEARNERS) + (not of_group)  # who teaches the group is a learner elsewhere
    assert sheet.totals["answers"] == sheet.totals["learners"] == wanted
    assert sheet.totals["sure_wrong"] == sum(sheet.grades[1][1]) == wanted
    places = {where: found[0].people for where, _, _, found in sheet.predictions}
    assert places == {
        "on the card’s page": wanted, "in quizzes": wanted, "in class": len(LEARNERS),
    }  # fmt: skip
    assert sheet.ideas[0][1:] == (2 * wanted, 0)
    assert (sheet.fixes.learners, sheet.fixes.ways[0].learners) == (wanted, wanted)
    (row,) = overview(sheet.group)
    counts = [row[name] for name in ("answers", "learners", "sure_wrong", "predicted", "tried")]
    assert counts == [wanted] * 5


def test_a_group_is_its_learners(world, group):
    found = group_figures.members(group)
    counts = {each.name: each.answers for each in found}
    assert counts == dict.fromkeys(LEARNERS, 1) | dict.fromkeys(NOBODY, 0)
    assert group_figures.summary(group)["answers"] == len(LEARNERS)
    assert group_figures.in_class(group)[0]["first_right"] == len(LEARNERS)


def seen(client, name, *args):
    return client.get(reverse(f"tutor:{name}", args=args)).content.decode()


def test_in_class_as_many_are_counted_as_in_its_figures(world, group, client):
    client.force_login(group.owner)
    assert classroom.given(world) == classroom.of(world) == len(LEARNERS)
    assert classroom.histogram(world).people == len(LEARNERS)
    assert f"<b>{len(LEARNERS)}</b> of {len(LEARNERS)} predicted" in seen(
        client, "live", group.pk, world.pk
    )
    group.memberships.filter(learner__user=None).delete()  # who left is asked no more
    assert classroom.given(world) == classroom.of(world) == len(LEARNERS) - 1


def test_who_teaches_the_group_tries_a_set_quiz_without_counting(people, card, group, client):
    assignment = group.assignments.create(name="Week 1", kinds=["number"])
    assignment.cards.add(card)
    for who in ("owner", "learner"):
        client.force_login(people[who].user)
        url = reverse("tutor:assignment_start", args=[group.pk, assignment.pk])
        assert client.post(url, follow=True).redirect_chain[-1][0].endswith("/1/")
        Attempt.objects.filter(learner=people[who]).update(finished_at=timezone.now())
    others = len(people) - 1
    client.force_login(group.owner)
    page = seen(client, "assignment", group.pk, assignment.pk)
    assert ">learner</a></th>" in page and "owner</a></th>" not in page
    rows = client.get(reverse("tutor:assignment_csv", args=[group.pk, assignment.pk])).text
    assert len(rows.splitlines()) == 1 + others and "owner," not in rows
    mine = group.memberships.get(learner=people["owner"])
    url = reverse("tutor:assignment_answers", args=[group.pk, assignment.pk, mine.pk])
    assert client.get(url).status_code == 404
    page = seen(client, "group", group.pk)
    assert f"1 of {others} finished" in page and f"<h2>{others} learners</h2>" in page
    assert "You are in it, too" in page and 'scope="row">owner<' not in page
    assert f"{others} learners" in seen(client, "groups")
    assert "you are not counted" in seen(client, "classroom", group.pk)


def test_files_have_the_rows_of_learners(world, card, group):
    def link(card):
        return ""

    for text, wanted in (
        (results.of_group(group, link), len(LEARNERS)),
        (results.of_cards([card], link), len(LEARNERS) + 1),
    ):
        rows = list(csv.DictReader(io.StringIO(text)))
        in_class = [row for row in rows if row["where"] == "class"]
        assert len(in_class) == len(LEARNERS)  # whoever teaches a class is not counted in it
        assert len(rows) - len(in_class) == 3 * wanted
        assert len({row["key"] for row in rows}) == wanted


def test_an_authors_preview_makes_no_figure_and_the_page_says_so(people, card, client):
    author = people["author"].user
    client.force_login(author)
    said = {f"{field}-{case}": value for case in factories.CASES
            for field, value in (("n", 1), ("sure", "sure"))}  # fmt: skip
    client.post(reverse("questions:card_predict", args=[card.slug]), said)
    assert people["author"].visits.get().predictions
    page = client.get(reverse("tutor:card_figure", args=[card.slug])).content.decode()
    assert "Nobody has predicted yet." in page
    assert "Whoever may edit the card is not counted." in page


def test_a_revision_that_only_its_author_saw_is_not_listed(people, card):
    Visit.objects.create(learner=people["author"], card=card, digest="e" * 64)
    assert [each["digest"] for each in revisions(card)] == [card.digest]
