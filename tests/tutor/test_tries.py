"""How often a door may be tried: in words, for each client, and never at another's expense."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tutor import tries
from tutor.models import Allowance

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
MANY = tries.DOORS["sign-in", "name"].size


@pytest.fixture
def ann():
    return User.objects.create_user("ann", "ann@example.com", PASSWORD, is_staff=True)


def sign_in(client, password="", name="ann", door=None, **extra):
    fields = {"username": name, "password": password or "wrong"}
    return client.post(door or reverse("tutor:sign_in"), fields, **extra)


def later(minutes):
    """Make every bucket older, as if so much time had gone."""
    for kept in Allowance.objects.all():
        kept.at -= timedelta(minutes=minutes)
        kept.save()


def test_it_works(client, ann):
    for _ in range(MANY):
        assert "is not right" in sign_in(client).text
    refused = sign_in(client, PASSWORD)
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 0
    assert "Too many tries" in refused.text and "Try again in" in refused.text
    later(minutes=10)
    assert sign_in(client, PASSWORD).status_code == 302


def test_a_stranger_elsewhere_locks_nobody_out(client, ann):
    for _ in range(MANY + 3):
        sign_in(Client(), REMOTE_ADDR="203.0.113.9")
    assert sign_in(client, PASSWORD).status_code == 302


def test_other_names_are_not_locked_with_one(client, ann):
    for _ in range(MANY + 1):
        sign_in(client, name="bo")
    assert sign_in(client, PASSWORD).status_code == 302


def test_capitals_and_new_sessions_make_no_new_tries(ann):
    for n in range(MANY):
        sign_in(Client(), name="Ann" if n % 2 else "ANN ")
    assert sign_in(Client(), PASSWORD).status_code == 429


def test_many_names_from_one_client_meet_its_own_limit(client, ann):
    for n in range(tries.DOORS["sign-in", "client"].size):
        sign_in(client, name=f"name{n}")
    assert sign_in(client, PASSWORD).status_code == 429
    assert sign_in(Client(), PASSWORD, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_signing_in_costs_nothing(ann):
    for _ in range(MANY * 2):
        assert sign_in(Client(), PASSWORD).status_code == 302


def test_the_door_of_the_admin_is_the_same_one(client, ann):
    door = reverse("admin:login")
    for _ in range(MANY):
        sign_in(client, door=door)
    assert "Too many tries" in sign_in(client, PASSWORD, door=door).text
    assert sign_in(client, PASSWORD).status_code == 429


def test_a_password_is_asked_for_a_few_times_only(client, ann):
    def ask(client, address="ann@example.com", **extra):
        return client.post(reverse("tutor:password_reset"), {"email": address}, **extra)

    few = tries.DOORS["reset", "name"].size
    for _ in range(few):
        assert ask(client).status_code == 302
    refused = ask(client)
    assert refused.status_code == 429 and "Too many tries" in refused.text
    assert len(mail.outbox) == few
    assert ask(Client(), REMOTE_ADDR="203.0.113.9").status_code == 302


@pytest.mark.parametrize(
    ("behind", "meta", "client"),
    [
        (False, {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1"}, "192.0.2.1"),
        (True, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 1.1.1.1"}, "1.1.1.1"),
        (True, {"REMOTE_ADDR": "10.0.0.1"}, "10.0.0.1"),
        (False, {"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"),
        (False, {"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "1.1.1.1"}, "1.1.1.1"),
        (True, {"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "no address"}, ""),
    ],
)
def test_who_the_client_is(rf, settings, behind, meta, client):
    settings.BEHIND_PROXY = behind
    assert tries.client_of(rf.get("/", **meta)) == client


def test_names_and_addresses_are_not_kept_and_old_buckets_go(client, ann):
    sign_in(client, REMOTE_ADDR="203.0.113.9")
    kept = "".join(Allowance.objects.values_list("key", flat=True))
    assert "ann" not in kept and "203" not in kept
    Allowance.objects.update(at=timezone.now() - timedelta(days=3))
    sign_in(client, name="bo")
    assert Allowance.objects.count() == 2
