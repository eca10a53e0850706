"""Guests who never came back are deleted; accounts and whoever came back stay."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from tests.tutor import factories
from tutor.models import Learner, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def learners():
    """Return three learners of a year ago: a guest, one who was here lately, an account."""
    card = factories.card()
    gone, back = Learner.objects.create(), Learner.objects.create()
    account = Learner.objects.create(user=User.objects.create_user("ann"))
    for learner in (gone, back, account):
        Visit.objects.create(learner=learner, card=card)
    old = timezone.now() - timedelta(days=365)
    Learner.objects.update(created_at=old)
    Visit.objects.exclude(learner=back).update(updated_at=old)
    return gone, back, account


def test_it_works(learners, capsys):
    gone, back, account = learners
    call_command("purge_guests")
    assert set(Learner.objects.all()) == {back, account}
    assert capsys.readouterr().out == "1 guests deleted\n"


def test_check_deletes_nothing(learners, capsys):
    call_command("purge_guests", check=True)
    assert Learner.objects.count() == 3
    assert capsys.readouterr().out == "1 guests would be deleted\n"


def test_a_new_guest_stays(learners):
    call_command("purge_guests", days=400)
    assert Learner.objects.count() == 3
