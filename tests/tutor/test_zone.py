"""Time zones: due times are entered and shown where people are, and the zone is named."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.tutor import factories
from tutor import zone
from tutor.models import Assignment, LearnerGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(teacher):
    return LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")


def assign(client, group, **more):
    data = {"name": "Week 1", "cards": [factories.card().pk], "length": 5}
    return client.post(reverse("tutor:assign", args=[group.pk]), data | more)


def test_it_works(teacher, group):
    teacher.cookies["zone"] = "Europe/Berlin"
    assign(teacher, group, due_at="2099-07-01T12:00", zone="Europe/Berlin")
    assignment = Assignment.objects.get()
    assert assignment.due_at.isoformat() == "2099-07-01T10:00:00+00:00"
    page = teacher.get(assignment.get_absolute_url()).text
    assert "due 1 July 2099, 12:00. Times are in Berlin time." in page
    assert "due 1 July 2099, 12:00 Berlin time" in teacher.get(group.get_absolute_url()).text
    change = reverse("tutor:assignment_change", args=[group.pk, assignment.pk])
    page = teacher.get(change).text
    assert 'value="2099-07-01T12:00"' in page
    assert '<option value="Europe/Berlin" selected>' in page
    kept = {"name": "Week 1", "due_at": "2099-07-01T12:00", "zone": "Europe/Berlin"}
    assert teacher.post(change, kept).status_code == 302
    assert Assignment.objects.get().due_at == assignment.due_at


def test_a_learner_elsewhere_reads_it_in_their_own_zone(teacher, group):
    assign(teacher, group, due_at="2099-01-01T12:00", zone="UTC")
    ada = Client()
    ada.cookies["zone"] = "Asia/Kolkata"
    ada.post(reverse("tutor:join_group", args=[group.code]), {"name": "Ada"})
    assert "due 1 January 2099, 17:30 Kolkata time" in ada.get(reverse("tutor:quizzes")).text


def test_a_zone_that_was_chosen_is_kept_without_scripts(teacher, group):
    assert (
        '<option value="UTC" selected>'
        in teacher.get(reverse("tutor:assign", args=[group.pk])).text
    )
    assign(teacher, group, due_at="2099-01-01T12:00", zone="America/New_York")
    assert Assignment.objects.get().due_at.hour == 17
    assert "12:00 New York time" in teacher.get(group.get_absolute_url()).text


def test_a_time_that_is_not_there_is_refused(teacher, group):
    page = assign(teacher, group, due_at="2099-03-29T02:30", zone="Europe/Berlin").text
    assert "couldn’t be interpreted in time zone Europe/Berlin" in page
    assert not Assignment.objects.exists()


def test_a_past_time_is_refused_in_the_zone_that_was_chosen(teacher, group):
    page = assign(teacher, group, due_at="2020-01-01T12:00", zone="Asia/Tokyo").text
    assert f"it is {timezone.localtime(timezone=zone.named('Asia/Tokyo')):%H:}" in page
    assert "Tokyo time now." in page and '<option value="Asia/Tokyo" selected>' in page


@pytest.mark.parametrize("name", ["Mars/Olympus", "../../etc/passwd", "", "x" * 5000, "Europe/"])
def test_no_zone_is_utc(teacher, group, name):
    teacher.cookies["zone"] = name
    page = teacher.get(reverse("tutor:assign", args=[group.pk])).text
    assert '<option value="UTC" selected>' in page
    assert "valid choice" in assign(teacher, group, due_at="2099-01-01T12:00", zone="Mars/x").text


def test_a_zone_of_an_old_name_may_be_kept(teacher, group):
    teacher.cookies["zone"] = "Etc/GMT+3"
    page = teacher.get(reverse("tutor:assign", args=[group.pk])).text
    assert '<option value="Etc/GMT+3" selected>' in page
    assert zone.words("Etc/GMT+3") == "Etc/GMT+3"
    assert zone.words("America/Argentina/Buenos_Aires") == "Buenos Aires time"
