"""Groups: made by instructors, joined by code, left at any time."""

import csv
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.tutor import factories, qr
from tutor import classroom
from tutor.models import Learner, LearnerGroup, Membership
from tutor.models.group import LETTERS, new_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(teacher):
    teacher.post(reverse("tutor:groups"), {"name": "Evening class"})
    return LearnerGroup.objects.get()


def join(group, name="Ada", client=None):
    client = client or Client()
    client.post(reverse("tutor:join_group", args=[group.code]), {"name": name})
    return client


def test_it_works(teacher, group):
    learner = join(group)
    page = teacher.get(group.get_absolute_url()).content.decode()
    assert "Ada" in page and group.shown_code in page
    assert f"http://testserver/join/{group.code}/" in page
    mine = learner.get(reverse("tutor:classroom", args=[group.pk])).content.decode()
    assert "Evening class" in mine and "You are here as Ada" in mine


def test_the_newest_group_comes_first(teacher, group):
    teacher.post(reverse("tutor:groups"), {"name": "Morning class"})
    page = teacher.get(reverse("tutor:groups")).content.decode()
    assert page.index("Morning class") < page.index("Evening class")


def test_a_link_with_a_wrong_code_asks_for_the_code(client, db):
    response = client.get(reverse("tutor:join_group", args=["BCDFGHJK"]))
    assert response.status_code == 404
    assert "No group has this code" in response.text and 'value="BCDFGHJK"' in response.text
    assert f'action="{reverse("tutor:join")}"' in response.text


def test_reading_the_link_joins_nobody(group):
    page = Client().get(reverse("tutor:join_group", args=[group.code]))
    assert page.status_code == 200 and not Membership.objects.exists()
    assert not Learner.objects.exists()


def test_a_code_is_taken_as_it_is_typed(group):
    typed = f" {group.code[:4].lower()}-{group.code[4:].lower()} "
    response = Client().post(reverse("tutor:join"), {"code": typed})
    assert response["Location"] == reverse("tutor:join_group", args=[group.code])


def test_a_wrong_code_is_refused_in_words(group):
    page = Client().post(reverse("tutor:join"), {"code": "ABC"}).content.decode()
    assert "No group has this code" in page


def test_joining_twice_is_joining_once(group):
    client = join(group)
    join(group, "Other name", client)
    assert [each.name for each in Membership.objects.all()] == ["Ada"]


def test_a_name_that_is_there_already_is_asked_to_be_told_apart(teacher, group):
    join(group)
    second, url = Client(), reverse("tutor:join_group", args=[group.code])
    page = second.post(url, {"name": " ada "}).content.decode()
    assert "ada is in this group already. Add a letter" in page
    assert 'value=" ada "' in page
    assert Membership.objects.count() == 1
    second.post(url, {"name": "Ada B"})
    assert [each.shown for each in group.members()] == ["Ada", "Ada B"]


def test_equal_names_of_old_are_numbered_wherever_they_are_read(teacher, group):
    for name in ("Ada", "ada", "Ben"):
        group.memberships.create(learner=Learner.objects.create(), name=name)
    set_for = group.assignments.create(name="Week 1")
    pages = (
        group.get_absolute_url(),
        set_for.get_absolute_url(),
        reverse("tutor:group_figure", args=[group.pk]),
        reverse("tutor:group_remove", args=[group.pk, Membership.objects.get(name="ada").pk]),
    )
    for page in pages:
        text = teacher.get(page).content.decode()
        assert "ada (2)" in text and "Ben (1)" not in text, page


def test_files_of_a_group_tell_learners_apart_by_a_key_of_the_group(teacher, group):
    keys = set()
    for each in (group, LearnerGroup.objects.create(owner=group.owner, name="Other")):
        for learner in Learner.objects.all() or (Learner.objects.create() for _ in "ab"):
            each.memberships.create(learner=learner, name="Ada")
        set_for = each.assignments.create(name="Week 1")
        files = (
            reverse("tutor:group_figure_csv", args=[each.pk]),
            reverse("tutor:assignment_csv", args=[each.pk, set_for.pk]),
        )
        found = []
        for file in files:
            rows = list(csv.DictReader(teacher.get(file).content.decode("utf-8-sig").splitlines()))
            assert {row["name"] for row in rows} == {"Ada (1)", "Ada (2)"}
            found.append({row["key"] for row in rows})
        assert found[0] == found[1] and len(found[0]) == 2
        keys |= found[0]
    assert len(keys) == 4


def test_a_learner_may_leave(group):
    client = join(group)
    client.post(reverse("tutor:leave", args=[group.pk]))
    assert not Membership.objects.exists() and Learner.objects.count() == 1
    page = client.get(reverse("tutor:classroom", args=[group.pk]))
    assert "You are not in this group any more" in page.content.decode()


def test_a_new_code_ends_the_old_one_and_nobody_is_lost(teacher, group):
    join(group)
    teacher.post(reverse("tutor:group_renew", args=[group.pk]))
    assert Client().get(reverse("tutor:join_group", args=[group.code])).status_code == 404
    group.refresh_from_db()
    assert Client().get(reverse("tutor:join_group", args=[group.code])).status_code == 200
    assert Membership.objects.count() == 1


def test_a_member_is_removed_and_a_group_deleted_without_the_learner(teacher, group):
    join(group)
    member = Membership.objects.get()
    teacher.post(reverse("tutor:group_remove", args=[group.pk, member.pk]))
    assert not Membership.objects.exists()
    join(group)
    assert teacher.get(reverse("tutor:group_delete", args=[group.pk])).status_code == 200
    assert LearnerGroup.objects.exists()
    teacher.post(reverse("tutor:group_delete", args=[group.pk]))
    assert not LearnerGroup.objects.exists() and Learner.objects.count() == 2


def test_a_guest_who_signs_in_stays_in_the_group(group):
    user = User.objects.create_user("ann")
    client = join(group, "Ann")
    client.force_login(user)
    assert client.get(reverse("tutor:classroom", args=[group.pk])).status_code == 200
    assert Membership.objects.get().learner.user == user


def test_names_are_text(teacher, group):
    join(group, "<script>alert(1)</script>")
    page = teacher.get(group.get_absolute_url()).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_codes_are_hard_to_guess_and_easy_to_read():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200 and not set("".join(codes)) & set("AEIOULQ01")
    assert len(LETTERS) ** 8 > 2**33


def test_only_instructors_see_the_way_in(teacher):
    assert ">Teach<" in teacher.get(reverse("tutor:quizzes")).content.decode()
    assert ">Teach<" not in Client().get(reverse("tutor:quizzes")).content.decode()


def act(teacher, name, group, data=None, *more):
    return teacher.post(reverse(f"tutor:{name}", args=[group.pk, *more]), data or {}, follow=True)


def test_a_group_is_renamed(teacher, group):
    assert (
        "Morning class"
        in act(teacher, "group_rename", group, {"name": "Morning class"}).content.decode()
    )
    page = act(teacher, "group_rename", group, {"name": "x" * 81}).content.decode()
    assert "at most 80 characters" in page
    group.refresh_from_db()
    assert group.name == "Morning class"


def test_removing_and_a_new_code_ask_first(teacher, group):
    join(group)
    member = Membership.objects.get()
    for name, args in (("group_remove", [group.pk, member.pk]), ("group_renew", [group.pk])):
        page = teacher.get(reverse(f"tutor:{name}", args=args))
        assert page.status_code == 200 and 'method="post"' in page.content.decode()
    group.refresh_from_db()
    assert (
        Membership.objects.exists()
        and group.code in teacher.get(group.get_absolute_url()).content.decode()
    )


def test_an_archived_group_takes_nobody_and_asks_nothing(teacher, group):
    card = factories.card()
    ada = join(group)
    set_for = group.assignments.create(name="Week 1")
    set_for.cards.set([card])
    case = card.cases.get(name="create").pk
    act(teacher, "live_open", group, {"case": case})
    page = act(teacher, "group_archive", group).content.decode()
    assert "archived" in page and "Bring it back" in page
    assert not group.lives.filter(closed_at=None).exists()

    refused = Client().get(reverse("tutor:join_group", args=[group.code]))
    assert "takes nobody in any more" in refused.content.decode()
    typed = Client().post(reverse("tutor:join"), {"code": group.code}).content.decode()
    assert "takes nobody in any more" in typed
    join(group, "Late")
    assert Membership.objects.count() == 1

    room = ada.get(reverse("tutor:classroom", args=[group.pk])).content.decode()
    assert "archived" in room and "Week 1" not in room
    assert "Week 1" not in ada.get(reverse("tutor:quizzes")).content.decode()
    start = reverse("tutor:assignment_start", args=[group.pk, set_for.pk])
    assert ada.post(start).status_code == 404
    assert (
        teacher.post(reverse("tutor:live_open", args=[group.pk]), {"case": case}).status_code == 404
    )
    assert teacher.get(reverse("tutor:group_figure", args=[group.pk])).status_code == 200


def test_an_archived_group_comes_back(teacher, group):
    act(teacher, "group_archive", group)
    assert "Archived" in teacher.get(reverse("tutor:groups")).content.decode()
    act(teacher, "group_restore", group)
    join(group)
    assert Membership.objects.count() == 1


def shown(teacher, group, host):
    return teacher.get(group.get_absolute_url(), headers={"host": host}).content.decode()


def test_the_address_to_join_is_that_of_the_request(teacher, group, settings):
    settings.ALLOWED_HOSTS = ["*"]
    page = shown(teacher, group, "192.168.1.20:8000")
    assert f"http://192.168.1.20:8000/join/{group.code}/" in page
    assert "Only this machine" not in page


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000", "127.9.9.9"])
def test_an_address_that_other_devices_cannot_reach_is_said(teacher, group, settings, host):
    settings.ALLOWED_HOSTS = ["*"]
    assert "Only this machine" in shown(teacher, group, host)


def test_the_address_of_the_site_goes_before_that_of_the_request(teacher, group, settings):
    settings.SITE_URL = "https://signalbox.example"
    page = shown(teacher, group, "localhost")
    assert f"https://signalbox.example/join/{group.code}/" in page
    assert "<b>signalbox.example/join/</b>" in page and "Only this machine" not in page


@pytest.mark.parametrize(
    "site", ["http://192.168.1.20:8000", "https://signalbox.school.example", ""]
)
def test_a_qr_code_says_the_link(teacher, group, settings, site):
    settings.SITE_URL = site
    live = classroom.open_case(group, factories.card().cases.get(name="create"))
    for there in (group.get_absolute_url(), live.get_absolute_url()):
        page = teacher.get(there).content.decode()
        found = re.findall(r'<svg[^>]* class="qr".*?</svg>', page)
        link = f"{site or 'http://testserver'}/join/{group.code}/"
        assert [qr.read(qr.modules(svg)) for svg in found] == [link]
        assert "style=" not in found[0]
