"""Who left a group, or was taken out of it: words for them, and nothing lost by coming back."""

import csv
import io
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.tutor import factories
from tutor import sitting
from tutor.export import as_json
from tutor.merge import merge
from tutor.models import Learner, LearnerGroup, Membership, Quiz, Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(teacher):
    factories.card()
    return LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")


def join(group, client=None):
    client = client or Client()
    client.post(reverse("tutor:join_group", args=[group.code]), {"name": "Ada"})
    return client


def room(group):
    return reverse("tutor:classroom", args=[group.pk])


def leave(client, group):
    client.post(reverse("tutor:leave", args=[group.pk]))


def answered(client):
    """Answer one question of a quiz of one's own."""
    learner = Learner.objects.get()
    attempt = sitting.start(learner, Quiz(kinds=["number"], length=1), [], uuid.uuid4())
    response = attempt.responses.get()
    client.post(response.get_absolute_url(), {"emails": response.key["emails"], "sure": "sure"})
    return response


def counted(teacher, group):
    """Return (rows of the CSV of answers, answers in the CSV of learners)."""
    files = [
        teacher.get(reverse(f"tutor:{name}", args=[group.pk])).content.decode("utf-8-sig")
        for name in ("group_results", "group_figure_csv")
    ]
    rows, learners = (list(csv.DictReader(io.StringIO(file))) for file in files)
    return len(rows), [each["answers"] for each in learners]


def test_whoever_was_taken_out_is_told_so_and_asks_no_more(teacher, group):
    ada = join(group)
    member = Membership.objects.get()
    teacher.post(reverse("tutor:group_remove", args=[group.pk, member.pk]))
    polled = ada.get(room(group), {"have": "none"}, headers={"HX-Request": "true"})
    assert polled.status_code == 204 and polled["HX-Refresh"] == "true"
    page = ada.get(room(group))
    text = page.content.decode()
    assert page.status_code == 200 and "You are not in this group any more" in text
    assert f'href="{reverse("tutor:join")}"' in text and "every 2s" not in text
    group.renew()
    assert group.code not in text and group.code not in ada.get(room(group)).content.decode()


def test_to_strangers_there_is_no_such_group(group):
    leave(join(group), group)
    other = join(LearnerGroup.objects.create(owner=group.owner, name="Other"))
    for client in (Client(), other):
        assert client.get(room(group)).status_code == 404
        headers = {"HX-Request": "true"}
        assert client.get(room(group), {"have": "none"}, headers=headers).status_code == 404


def test_leaving_by_a_slip_loses_nothing(teacher, group):
    ada = join(group)
    answered(ada)
    before, since = counted(teacher, group), Membership.objects.get().joined_at
    assert before == (1, ["1"])
    leave(ada, group)
    assert counted(teacher, group) == (0, [])
    page = ada.get(reverse("tutor:join_group", args=[group.code])).content.decode()
    assert "You were in this group before." in page and "while you were away" in page
    join(group, ada)
    assert counted(teacher, group) == before
    assert Membership.objects.get().joined_at == since
    leave(ada, group)
    join(group, ada)
    assert counted(teacher, group) == before


def test_what_was_done_before_the_first_joining_is_not_seen(teacher, group):
    ada = join(group)
    response = answered(ada)
    long_ago = timezone.now() - timedelta(days=1)
    Response.objects.filter(pk=response.pk).update(answered_at=long_ago, asked_at=long_ago)
    for _ in range(2):
        assert counted(teacher, group) == (0, ["0"])
        leave(ada, group)
        join(group, ada)
    page = Client().get(reverse("tutor:join_group", args=[group.code])).content.decode()
    assert "What you did before you joined the first time is not seen." in page
    assert "You were in this group before" not in page


def test_it_is_theirs_to_take_away_and_moves_to_an_account(group):
    leave(join(group), group)
    guest = Learner.objects.get()
    assert [each["group__name"] for each in as_json(guest)["groups_left"]] == ["Evening class"]
    account = Learner.objects.create(user=User.objects.create_user("ada"))
    merge(guest, into=account)
    assert account.left.get().group == group
