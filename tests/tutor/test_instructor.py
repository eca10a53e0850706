"""Who teaches: a group and "Staff status"; who has only one of them is told what is missing."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

pytestmark = pytest.mark.django_db
MISSING = "Staff status"


@pytest.fixture
def ben():
    user = User.objects.create_user("ben", password="long enough words")
    user.groups.add(Group.objects.get(name="Instructors"))
    return user


@pytest.fixture
def overseer(client):
    client.force_login(User.objects.create_superuser("overseer"))
    return client


def test_the_group_alone_is_not_enough_and_says_so(client, ben):
    client.force_login(ben)
    for url in (reverse("tutor:groups"), reverse("tutor:group", args=[7])):
        page = client.get(url)
        assert page.status_code == 403 and MISSING in page.content.decode()
    User.objects.update(is_staff=True)
    assert client.get(reverse("tutor:groups")).status_code == 200
    assert client.get(reverse("tutor:group", args=[7])).status_code == 404


@pytest.mark.parametrize("staff", [True, False])
def test_without_the_group_there_is_nothing_to_see(client, staff):
    client.force_login(User.objects.create_user("ada", is_staff=staff))
    assert client.get(reverse("tutor:groups")).status_code == 404


def test_the_door_of_the_admin_says_it_after_the_right_password_only(client, ben):
    url = reverse("admin:login")
    said = client.post(url, {"username": "ben", "password": "long enough words"})
    assert "in the group Instructors but has no" in said.content.decode()
    said = client.post(url, {"username": "ben", "password": "other words"}).content.decode()
    assert "Instructors" not in said and not client.session.get("_auth_user_id")


def test_where_groups_are_chosen_it_is_said_and_saving_warns(overseer, ben):
    url = reverse("admin:auth_user_change", args=[ben.pk])
    page = overseer.get(url)
    assert "needs Instructors or Editors and, above, “Staff status”" in page.content.decode()
    post = {
        "username": "ben", "is_active": "on", "groups": [ben.groups.get().pk],
        "date_joined_0": "2026-01-01", "date_joined_1": "10:00:00",
    }  # fmt: skip
    said = overseer.post(url, post, follow=True).content.decode()
    assert "In Instructors, ben cannot teach yet" in said
    ben.refresh_from_db()
    assert not ben.is_staff, "a right is given by whoever ticks it, and by nobody else"
    said = overseer.post(url, {**post, "is_staff": "on"}, follow=True).content.decode()
    assert "cannot teach yet" not in said
    assert overseer.get(reverse("admin:auth_user_add")).status_code == 200
