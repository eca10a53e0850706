"""The link that signs in once."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from tutor import sign_in_link

pytestmark = pytest.mark.django_db


def path(capsys, *names):
    call_command("sign_in_link", *names)
    return capsys.readouterr().out.strip()


def test_it_works(client, capsys):
    response = client.get(path(capsys))
    assert response.status_code == 302 and response["Location"] == "/admin/"
    assert client.session["_auth_user_id"] == str(User.objects.get(username="instructor").pk)
    assert User.objects.get().is_superuser and not User.objects.get().has_usable_password()


def test_it_works_once(client, capsys):
    address = path(capsys)
    client.get(address)
    client.logout()
    page = client.get(address, follow=True)
    assert page.redirect_chain[-1][0] == "/account/sign-in/"
    assert "start make run again" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_it_ends_after_fifteen_minutes(client, capsys):
    with time_machine.travel(timezone.now() - timedelta(minutes=16)):
        address = path(capsys)
    client.get(address)
    assert "_auth_user_id" not in client.session


def test_its_words_are_those_of_the_link(client, capsys):
    address, works = path(capsys, "--verbosity", "2").splitlines()
    assert works == f"works once, within {sign_in_link.MINUTES} minutes"
    client.get(address)
    said = client.get(address, follow=True).content.decode()
    assert f"was used or is over {sign_in_link.MINUTES} minutes old" in said


def test_a_changed_token_signs_nobody_in(client, capsys):
    client.get(path(capsys)[:-3] + "xx/")
    assert "_auth_user_id" not in client.session


def test_it_keeps_the_instructor(client, capsys):
    User.objects.create_superuser("instructor", password="kept word")
    path(capsys)
    assert User.objects.get().check_password("kept word")


def test_an_unknown_name_is_refused():
    with pytest.raises(CommandError, match="no user ann"):
        call_command("sign_in_link", "ann")


def test_a_switched_off_account_is_refused(client, capsys):
    User.objects.create_user("ann", is_active=False)
    with pytest.raises(CommandError, match="switched off"):
        call_command("sign_in_link", "ann")
