"""Every address × guest, learner, instructor, editor, admin: rows are their owner's."""

import json
import uuid

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.tutor import factories
from tutor import classroom, export
from tutor.models import Attempt, Learner, LearnerGroup, SharedRun, Visit

pytestmark = pytest.mark.django_db
CANARY = "WORDS-OF-THE-OWNER"
STRANGERS = (
    "guest", "other guest", "other learner", "staff", "instructor", "editor", "admin",
)  # fmt: skip
TEACHERS = ("instructor", "editor", "admin")
GUESTS = ("guest", "other guest")
# Addresses that name a row of one learner: 404 for everybody else, for the instructor, too.
OWNED = {
    "attempt": ("attempt",),
    "question": ("attempt", "position"),
    "question_grade": ("attempt", "position"),
    "attempt_finish": ("attempt",),
    "attempt_retry": ("attempt",),
    "attempt_discard": ("attempt",),
    "result": ("attempt",),
    "shared_delete": ("run",),
    "classroom": ("group",),
    "leave": ("group",),
    "class_answer": ("group",),
    "assignment_start": ("group", "assignment"),
    "review_card": ("card",),
    "review_show": ("card",),
    "review_rate": ("card",),
}
# Everybody has these; each sees and changes their own rows there.
OWN = {
    "quizzes", "review", "review_undo", "progress", "data_json", "data_csv", "data_delete",
    "share", "join", "join_group", "problem",
    "account", "sign_up", "sign_in", "sign_out", "sign_in_link",
    "password_change",
    "password_changed", "password_reset", "password_reset_sent", "password_set",
    "account_delete", "account_email",
}  # fmt: skip
# A group is its instructor's: 404 for learners, for those in it, and for other instructors;
# whoever is not signed in is sent to the door, whether there is such a group or not.
TAUGHT = {
    "group": ("group",),
    "group_results": ("group",),
    "group_rename": ("group",),
    "group_archive": ("group",),
    "group_restore": ("group",),
    "group_renew": ("group",),
    "group_remove": ("group", "member"),
    "group_delete": ("group",),
    "group_figure": ("group",),
    "group_figure_csv": ("group",),
    "assign": ("group",),
    "assignment": ("group", "assignment"),
    "assignment_answers": ("group", "assignment", "member"),
    "assignment_csv": ("group", "assignment"),
    "assignment_change": ("group", "assignment"),
    "assignment_delete": ("group", "assignment"),
    "live_open": ("group",),
    "live": ("group", "live"),
    "live_step": ("group", "live"),
}
# Of those, a superuser reads these, whosever group it is.
OVERSEEN = {"assignment", "assignment_answers"}
TEACHING = {
    "groups",
    "problems",
    "card_figures",
    "card_figures_csv",
    "card_figure",
    "card_figure_csv",
}
# Answered by whoever may edit the card or teaches its learner: tests/tutor/test_problem.py.
TOLD = {"problem_answer"}
# A shared run is for everybody who has its address, to read and to copy.
SHARED = {"shared_run": ("run",), "shared_fork": ("run",)}
ARGUMENTS = {
    "problem": ["profile-update-4"],
    "card_figure": ["profile-update-4"],
    "card_figure_csv": ["profile-update-4"],
    "join_group": ["BCDFGHJK"],
    "sign_in_link": ["x"],
    "password_set": ["x", "y"],
}


@pytest.fixture
def world():
    """Return an owner's rows and their addresses' arguments."""
    card = factories.card()
    client = Client()
    client.force_login(User.objects.create_user("owner"))
    client.post(
        reverse("tutor:quizzes"), {"length": 3, "token": uuid.uuid4(), "kinds": ["explain"]}
    )
    attempt = Attempt.objects.get()
    client.post(attempt.responses.get().get_absolute_url(), {"words": CANARY})
    url = reverse("tutor:question_grade", args=[attempt.pk, 1])
    client.post(url, {"grade": 1})
    owner = Learner.objects.get()
    Visit.objects.create(learner=owner, card=card, words=CANARY, draft={"models.py": CANARY})
    run = SharedRun.objects.create(
        learner=owner, card=card, title="t", files={}, cases=[], reports=[]
    )
    teacher = User.objects.create_user("teacher", is_staff=True)
    teacher.groups.add(Group.objects.get(name="Instructors"))
    group = LearnerGroup.objects.create(owner=teacher, name=CANARY)
    assignment = group.assignments.create(name=CANARY)
    live = classroom.open_case(group, card.cases.get(name="create"))
    member = group.memberships.create(learner=owner, name=CANARY)
    return {"client": client, "owner": owner, "attempt": attempt.pk, "position": 1, "run": run.pk,
            "card": card.slug, "group": group.pk, "member": member.pk, "live": live.pk,
            "assignment": assignment.pk, "teacher": teacher}  # fmt: skip


def stranger(kind):
    """Return a client that is somebody else, with rows of their own where they keep any."""
    client = Client()
    if kind == "guest":
        return client
    if kind != "other guest":
        staff, root = kind in ("staff", *TEACHERS), kind == "admin"
        user = User.objects.create_user(kind, is_staff=staff, is_superuser=root)
        if kind in ("instructor", "editor"):
            user.groups.add(Group.objects.get(name=f"{kind.title()}s"))
        client.force_login(user)
    client.post(reverse("tutor:quizzes"), {"length": 3, "token": uuid.uuid4()})
    return client


def address(name, world, arguments):
    return reverse(f"tutor:{name}", args=[world[each] for each in arguments])


def kept(owner):
    return json.dumps(export.as_json(owner), default=str, sort_keys=True)


def names(space):
    resolver = get_resolver().namespace_dict[space][1]
    return {key for key in resolver.reverse_dict if isinstance(key, str)}


def test_every_address_is_in_the_table():
    assert names("tutor") == OWNED.keys() | OWN | SHARED.keys() | TAUGHT.keys() | TEACHING | TOLD


@pytest.mark.parametrize("kind", STRANGERS)
def test_rows_of_another_are_not_found(world, kind):
    client, before = stranger(kind), kept(world["owner"])
    post = {"grade": 4, "rating": 4, "nth": 2, "sure": "", "token": str(uuid.uuid4()), "words": "x"}
    for name, arguments in OWNED.items():
        url = address(name, world, arguments)
        statuses = {client.post(url, post).status_code, client.get(url).status_code}
        assert statuses <= {404, 405} and 404 in statuses, name
    assert kept(world["owner"]) == before


def test_the_owner_finds_them(world):
    last = ("shared_delete", "leave")
    for name in [*(name for name in OWNED if name not in last), *last]:
        url = address(name, world, OWNED[name])
        client = world["client"]
        statuses = {client.get(url).status_code, client.post(url, {}).status_code}
        assert 404 not in statuses, name


@pytest.mark.parametrize("kind", STRANGERS)
def test_what_everybody_has_shows_and_changes_nothing_of_another(world, kind):
    client, before = stranger(kind), kept(world["owner"])
    # Signing out and deleting come last: before them, the stranger is still somebody.
    for name in sorted(OWN, key=lambda name: (name in ("sign_out", "account_delete"), name)):
        url = reverse(f"tutor:{name}", args=ARGUMENTS.get(name, []))
        for response in (
            client.get(url, follow=True),
            client.post(url, {"sure": "1"}, follow=True),
        ):
            assert CANARY not in response.content.decode(), name
    assert kept(world["owner"]) == before and User.objects.filter(username="owner").exists()


@pytest.mark.parametrize("kind", [*STRANGERS, "member"])
def test_a_group_is_its_instructors(world, kind):
    client = world["client"] if kind == "member" else stranger(kind)
    refused = 302 if kind in GUESTS else 404
    before = list(LearnerGroup.objects.values()), kept(world["owner"])
    for name, arguments in TAUGHT.items():
        url = address(name, world, arguments)
        statuses = {client.get(url).status_code, client.post(url).status_code}
        wanted = 200 if kind == "admin" and name in OVERSEEN else refused
        assert statuses <= {wanted, 405} and wanted in statuses, name
    for name in TEACHING:
        page = client.get(reverse(f"tutor:{name}", args=ARGUMENTS.get(name, [])))
        assert page.status_code == (200 if kind in TEACHERS else refused)
        # Whoever is in the group reads its name under the head of every page.
        own = f"{CANARY}: a question is open" if kind == "member" else ""
        if kind == "admin" and name == "groups":  # names quizzes and groups, and links to OVERSEEN
            assert page.content.decode().count(CANARY) == 2
            continue
        assert CANARY not in page.content.decode().replace(own, "")
    assert (list(LearnerGroup.objects.values()), kept(world["owner"])) == before


def test_the_door_leads_back(world):
    there = address("assignment", world, TAUGHT["assignment"])
    client = Client()
    door = client.get(there, {"group": 1})
    assert door["Location"] == f"{reverse('tutor:sign_in')}?next={there}%3Fgroup%3D1"
    missing = reverse("tutor:group", args=[world["group"] + 1])
    assert client.get(missing)["Location"] == f"{reverse('tutor:sign_in')}?next={missing}"
    sent = client.post(address("group_rename", world, TAUGHT["group_rename"]))
    assert sent["Location"].endswith(f"?next={reverse('tutor:groups')}")
    part = client.get(there, headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Refresh"]) == (204, "true")


def test_its_instructor_finds_all_of_it(world):
    client = Client()
    client.force_login(world["teacher"])
    last = ("group_remove", "assignment_delete", "group_delete")
    for name in [*(name for name in TAUGHT if name not in last), *last]:
        url = address(name, world, TAUGHT[name])
        statuses = {client.get(url).status_code, client.post(url, {}).status_code}
        # An archived group shows nothing in class and sets no quiz until it is brought back.
        assert 404 not in statuses and statuses <= {200, 302, 405}, (name, statuses)
    assert not LearnerGroup.objects.exists()


@pytest.mark.parametrize("kind", STRANGERS)
def test_a_shared_run_is_read_and_copied_by_all_and_changed_by_nobody(world, kind):
    client, before = stranger(kind), kept(world["owner"])
    read, fork = (address(name, world, SHARED[name]) for name in ("shared_run", "shared_fork"))
    assert client.get(read).status_code == 200 and client.post(read).status_code == 405
    assert client.get(fork).status_code == 405 and client.post(fork).status_code == 302
    assert kept(world["owner"]) == before


@pytest.mark.parametrize("kind", STRANGERS)
def test_pages_of_cards_show_nothing_of_another(world, kind):
    client, before = stranger(kind), kept(world["owner"])
    for name in sorted(names("questions")):
        for arguments in ([], [world["card"]], ["signal-handling"]):
            try:
                url = reverse(f"questions:{name}", args=arguments)
            except NoReverseMatch:
                continue
            for response in (client.get(url, follow=True), client.post(url, {}, follow=True)):
                assert CANARY not in response.content.decode()
    assert kept(world["owner"]) == before
