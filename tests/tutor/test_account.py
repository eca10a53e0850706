"""Accounts: guests first, and nothing of theirs is lost or doubled."""

import re
import uuid

import django
import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.tutor import factories
from tutor import sign_in_link
from tutor.models import Attempt, Learner, Review, ReviewLog

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


def url(name, *args):
    return reverse(f"tutor:{name}", args=args)


def sign_up(client, username="ann", **data):
    fields = {"username": username, "password1": PASSWORD, "password2": PASSWORD, **data}
    return client.post(url("sign_up"), fields)


def sign_in(client, username="ann", **data):
    return client.post(url("sign_in"), {"username": username, "password": PASSWORD, **data})


def answer_one(client):
    client.post(url("quizzes"), {"length": 3, "token": uuid.uuid4(), "kinds": ["number"]})
    response = Attempt.objects.first().responses.first()
    client.post(response.get_absolute_url(), {"emails": 1})
    client.post(url("question_grade", response.attempt_id, 1), {"grade": 3})
    return response


def test_it_works(client):
    assert sign_up(client, email="ann@example.com")["Location"] == "/"
    assert "ann@example.com" in client.get(url("account")).content.decode()
    client.post(url("sign_out"))
    assert client.get(url("account"))["Location"].startswith(url("sign_in"))
    assert sign_in(client)["Location"] == "/"


def test_the_first_kept_answer_says_that_signing_up_keeps_it(client):
    factories.card()
    page = client.post(url("quizzes"), {"length": 3, "token": uuid.uuid4()}, follow=True)
    assert "Sign up" in page.content.decode() and "Kept in this browser" in page.content.decode()


def test_signing_up_keeps_what_the_guest_did(client):
    factories.card()
    response = answer_one(client)
    guest = Learner.objects.get()
    sign_up(client)
    assert Learner.objects.get().user.username == "ann" and Learner.objects.get() != guest
    assert Attempt.objects.get().learner.user.username == "ann"
    assert Review.objects.get().learner.user.username == "ann"
    assert client.get(response.get_absolute_url()).status_code == 200


def test_signing_in_twice_merges_once(client):
    factories.card()
    sign_up(client)
    client.post(url("sign_out"))
    answer_one(client)
    for _ in range(2):
        sign_in(client)
    assert Learner.objects.count() == Attempt.objects.count() == ReviewLog.objects.count() == 1


def test_the_admins_own_door_merges_too(client):
    factories.card()
    User.objects.create_superuser("ines", password=PASSWORD)
    answer_one(client)
    client.post("/admin/login/", {"username": "ines", "password": PASSWORD})
    client.get(url("quizzes"))
    assert Attempt.objects.get().learner.user.username == "ines"


def test_after_signing_out_the_guest_is_a_stranger(client):
    factories.card()
    response = answer_one(client)
    sign_up(client)
    client.post(url("sign_out"))
    assert client.get(response.get_absolute_url()).status_code == 404


def test_a_wrong_password_keeps_the_guest(client):
    factories.card()
    User.objects.create_user("ann", password="another one")
    response = answer_one(client)
    page = sign_in(client)
    assert "not right" in page.content.decode()
    assert client.get(response.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, to):
    assert sign_up(client, next=to)["Location"] == "/"
    client.post(url("sign_out"))
    assert sign_in(client, next=to)["Location"] == "/"


def test_one_goes_on_where_one_was(client):
    assert sign_up(client, next="/quiz/")["Location"] == "/quiz/"


def test_a_weak_password_is_explained(client):
    page = client.post(url("sign_up"), {"username": "ann", "password1": "12", "password2": "12"})
    assert "too short" in page.content.decode() and not User.objects.exists()


def test_signing_out_takes_a_post(client):
    assert client.get(url("sign_out")).status_code == 405


def test_a_forgotten_password_is_set_anew_once(client):
    User.objects.create_user("ann", "ann@example.com", "forgotten one")
    client.post(url("password_reset"), {"email": "ann@example.com"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    new = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    client.post(form.redirect_chain[-1][0], new)
    assert User.objects.get().check_password(PASSWORD) and len(mail.outbox) == 1
    dead = Client().get(link, follow=True).content.decode()
    assert "used already" in dead and "signed in with the password after it was sent" in dead


def test_an_unknown_address_gets_the_same_answer_and_no_email(client):
    page = client.post(url("password_reset"), {"email": "nobody@example.com"}, follow=True)
    assert "Look into your inbox" in page.content.decode() and not mail.outbox


def test_the_password_is_changed_with_the_old_one(client):
    sign_up(client)
    fields = {"new_password1": "another " + PASSWORD, "new_password2": "another " + PASSWORD}
    client.post(url("password_change"), {"old_password": "no", **fields})
    assert User.objects.get().check_password(PASSWORD)
    client.post(url("password_change"), {"old_password": PASSWORD, **fields})
    assert User.objects.get().check_password("another " + PASSWORD)


def test_deleting_the_account_deletes_what_was_kept(client):
    factories.card()
    answer_one(client)
    sign_up(client)
    page = client.post(url("account_delete"), {"proof": "wrong"})
    assert "Nothing was deleted" in page.content.decode() and User.objects.exists()
    client.post(url("account_delete"), {"proof": PASSWORD})
    assert not User.objects.exists() and not Learner.objects.exists()
    assert not Attempt.objects.exists() and not ReviewLog.objects.exists()


def test_whoever_came_by_a_link_sets_a_password_and_signs_in_with_it_elsewhere(client):
    client.get(sign_in_link.make(User.objects.create_superuser("instructor")))
    page = client.get(url("account")).content.decode()
    assert "Set a password" in page and url("password_change") in page
    page = client.get(url("password_change")).content.decode()
    assert "<b>instructor</b>" in page and "old_password" not in page
    weak = {"new_password1": "12", "new_password2": "12"}
    assert "too short" in client.post(url("password_change"), weak).content.decode()
    new = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    page = client.post(url("password_change"), new, follow=True).content.decode()
    assert "The new password is set." in page and "Change the password" in page
    # Whoever has one is asked for it from now on.
    other = dict.fromkeys(new, "another " + PASSWORD)
    assert "old_password" in client.post(url("password_change"), other).content.decode()
    assert User.objects.get().check_password(PASSWORD)
    projector = Client()
    sign_in(projector, "instructor")
    assert projector.session["_auth_user_id"] == str(User.objects.get().pk)


def test_somebody_without_a_password_types_the_name(client):
    client.force_login(User.objects.create_user("ines"))
    client.post(url("account_delete"), {"proof": "ines"})
    assert not User.objects.exists()


def test_signing_in_leads_back_to_where_it_began(client):
    factories.card()
    page = client.get("/progress/").text
    assert f'href="{url("sign_in")}?next=/progress/"' in page
    assert f'href="{url("sign_in")}"' in client.get("/").text


def test_an_address_is_added_and_taken_away(client):
    sign_up(client)
    wrong = client.post(url("account_email"), {"email": "ann@example.com", "proof": "no"})
    assert "Nothing was changed" in wrong.text and not User.objects.get().email
    for email, words in (("ann@example.com", "The address is kept."), ("", "No address is kept.")):
        fields = {"email": email, "proof": PASSWORD}
        assert words in client.post(url("account_email"), fields, follow=True).text
        assert User.objects.get().email == email
    assert Client().get(url("account_email"))["Location"].startswith(url("sign_in"))


@pytest.mark.parametrize("backend", ["console", "smtp"])
def test_where_emails_are_printed_the_reset_says_so(client, settings, backend):
    path = f"django.core.mail.backends.{backend}.EmailBackend"
    if django.VERSION >= (6, 1):
        settings.MAILERS = {"default": {"BACKEND": path}}
    else:
        settings.EMAIL_BACKEND = path
    for page in ("password_reset", "password_reset_sent"):
        found = client.get(reverse(f"tutor:{page}")).content.decode()
        assert ("prints them where its server runs" in found) == (backend == "console")


def test_what_a_password_lacks_is_said_below_it_in_words_of_the_form(client):
    fields = {"username": "Ada Lovelace", "password1": "short", "password2": "short"}
    form = client.post(reverse("tutor:sign_up"), fields).context["form"]
    assert "too short" in form.errors["password1"][0] and "password2" not in form.errors
    assert form.errors["username"] == ["A name has letters, digits and @ . + - _ and nothing else."]
    User.objects.create_user("ada-lovelace")
    like = {"username": "ada-lovelace", "password1": "ada-lovelace", "password2": "ada-lovelace"}
    taken = client.post(reverse("tutor:sign_up"), like).context["form"].errors
    assert taken["username"] == ["Somebody has that name already. Choose another one."]
    near = client.post(reverse("tutor:sign_up"), {**like, "username": "ada-lovelac"})
    assert near.context["form"].errors["password1"] == ["The password is too similar to the name."]
