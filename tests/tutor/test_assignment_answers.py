"""What one learner answered in a quiz that was set, as the instructor of the group reads it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.tutor import factories
from tutor.kinds import KINDS
from tutor.models import LearnerGroup, Response

pytestmark = pytest.mark.django_db
OWN = "MY-OWN-WORDS"
WRONG = factories.IF_CREATED + f"# {OWN}\n"


@pytest.fixture
def group(teacher):
    return LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")


def assign(group, *kinds):
    assignment = group.assignments.create(name="Week 1", kinds=list(kinds))
    assignment.cards.set([factories.card()])
    return assignment


def joined(group, name="Ada"):
    client = Client()
    client.post(reverse("tutor:join_group", args=[group.code]), {"name": name})
    return client


def sit(client, assignment):
    url = reverse("tutor:assignment_start", args=[assignment.group_id, assignment.pk])
    client.post(url)
    return Response.objects.order_by("pk").last()


def page_of(client, assignment, member):
    args = [assignment.group_id, assignment.pk, member.pk]
    return client.get(reverse("tutor:assignment_answers", args=args)).content.decode()


def one(client, teacher, assignment, post):
    """Answer the one question, and return what the instructor reads of it."""
    client.post(sit(client, assignment).get_absolute_url(), post)
    return page_of(teacher, assignment, assignment.group.memberships.get())


def test_it_works(teacher, group):
    assignment = assign(group, "number")
    ada = joined(group)
    response = sit(ada, assignment)
    ada.post(response.get_absolute_url(), {"emails": 7, "sure": "sure"})
    url = reverse("tutor:question_grade", args=[response.attempt_id, response.position])
    ada.post(url, {"grade": 2})
    page = teacher.get(assignment.get_absolute_url()).content.decode()
    there = reverse(
        "tutor:assignment_answers", args=[group.pk, assignment.pk, group.memberships.get().pk]
    )
    assert f'href="{there}"' in page
    page = teacher.get(there).content.decode()
    assert "<h1>Ada</h1>" in page and "0 of 1 right" in page
    assert "7 emails" in page and "It sent" in page and "missed" in page
    assert ">sure<" in page and ">Hard<" in page and "never under a name" in page


def test_equal_names_are_told_apart_and_answers_not_mixed(teacher, group):
    assignment = assign(group, "number")
    for number, name in ((7, "Ada"), (8, "Ben")):
        ada = joined(group, name)
        ada.post(sit(ada, assignment).get_absolute_url(), {"emails": number})
    group.memberships.update(name="Ada")
    first, second = group.memberships.order_by("pk")
    assert "<h1>Ada (1)</h1>" in (page := page_of(teacher, assignment, first))
    assert "7 emails" in page and "8 emails" not in page
    assert "<h1>Ada (2)</h1>" in page_of(teacher, assignment, second)


def test_whoever_has_not_started_is_told_so(teacher, group):
    assignment = assign(group, "number")
    ada = joined(group)
    member = group.memberships.get()
    assert "Has not started" in page_of(teacher, assignment, member)
    sit(ada, assignment)
    page = page_of(teacher, assignment, member)
    assert "not answered" in page and "not finished" in page
    ada.post(Response.objects.get().get_absolute_url(), {"skip": 1})
    assert "skipped" in page_of(teacher, assignment, member)


def test_own_words_are_not_shown(teacher, group):
    assignment = assign(group, "explain")
    ada = joined(group)
    page = one(ada, teacher, assignment, {"words": OWN})
    assert OWN not in page and "in own words, not shown" in page and "ticked" not in page
    response = Response.objects.get()
    url = reverse("tutor:question_grade", args=[response.attempt_id, response.position])
    ada.post(url, {"grade": 3, "idea": [1]})
    page = page_of(teacher, assignment, group.memberships.get())
    assert "ticked: IDEA-CANARY: created says which" in page and OWN not in page
    assert ">Good<" in page and "self-rated" in page


def test_of_a_fix_what_it_did_is_shown_and_its_text_is_not(teacher, group):
    assignment = assign(group, "fix")
    page = one(joined(group), teacher, assignment, {"file:models.py": WRONG})
    assert OWN not in page and "It holds in 1 of 3 cases." in page
    assert "It behaves like “if_created”" in page
    assert "A new profile: 1 sent, 0 wanted" in page


def test_messages_of_a_fix_are_own_words_too(teacher, group):
    assignment = assign(group, "fix")
    text = factories.BUGGY.replace(
        "    send_mail(", f"    raise ValueError({OWN!r})\n    send_mail("
    )
    page = one(joined(group), teacher, assignment, {"file:models.py": text})
    assert OWN not in page and "It holds in" in page
    assert OWN in str(Response.objects.get().measured)


@pytest.mark.parametrize("kind", [each for each in KINDS if each not in ("fix", "explain")])
def test_what_was_chosen_is_shown(teacher, group, kind):
    ada, assignment = joined(group), assign(group, kind)
    response = sit(ada, assignment)
    ask, key = response.ask, response.key
    post, shown = {
        "number": lambda: ({"emails": 0}, "no email"),
        "row": lambda: (
            {f"emails_{n}": 7 for n in range(len(key["emails"]))},
            f"7, it sent {key['emails'][0]}",
        ),
        "which": lambda: (
            {f"which_{n}": n for n in range(len(ask["ways"]))}, f"A is “{ask['titles'][0]}”"
        ),
        "line": lambda: ({"line": "models.py:9"}, "line 9 of models.py: user = models."),
        "choose": lambda: ({"option": 1}, f"B “{key['options'][1]['title']}”"),
        "order": lambda: (
            {"order": ",".join(map(str, range(len(ask["lines"]))))}, "The order chosen"
        ),
    }[kind]()  # fmt: skip
    ada.post(response.get_absolute_url(), post)
    page = page_of(teacher, assignment, group.memberships.get())
    assert shown in page.replace("&#x27;", "'")


def test_a_superuser_finds_what_learners_of_all_groups_answered(client, teacher, group):
    assignment = assign(group, "number")
    sit(joined(group), assignment)
    overseer = User.objects.create_superuser("overseer")
    LearnerGroup.objects.create(owner=overseer, name="My own").assignments.create(name="Mine")
    client.force_login(overseer)
    groups = client.get(reverse("tutor:groups")).content.decode()
    elsewhere = groups.split("Quizzes in other groups")[1]
    results = assignment.get_absolute_url()
    assert f'href="{results}"' in elsewhere and "Evening class" in elsewhere
    assert "of teacher" in elsewhere and "Mine" not in elsewhere
    page = client.get(results).content.decode()
    member = group.memberships.get()
    there = reverse("tutor:assignment_answers", args=[group.pk, assignment.pk, member.pk])
    assert f'href="{there}"' in page
    for closed in ("assignment_change", "assignment_delete", "assignment_csv"):
        assert reverse(f"tutor:{closed}", args=[group.pk, assignment.pk]) not in page
    assert f'href="{group.get_absolute_url()}"' not in page
    assert f'href="{results}"' in client.get(there).content.decode()
    assert "Quizzes in other groups" not in teacher.get(reverse("tutor:groups")).content.decode()


def test_the_zone_stands_beside_its_time(teacher, group):
    assignment = assign(group, "number")
    sit(joined(group), assignment)
    page = page_of(teacher, assignment, group.memberships.get())
    assert " UTC, not finished." in page
