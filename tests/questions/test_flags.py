"""The nightly run: a card that is no longer true is flagged, its author told, nothing hidden."""

import io

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from questions.models import Card, CardFlag, Claim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def card(settings):
    call_command("load_cards", settings.CARDS_DIR / "shared-dispatch-uid", stdout=io.StringIO())
    author = User.objects.create_user("ina", "ina@example.com", is_staff=True)
    Card.objects.update(author=author)
    return Card.objects.get()


def night(**options):
    out = io.StringIO()
    call_command("verify_cards", schedule=True, times=1, stdout=out, **options)
    return out.getvalue()


def test_true_card_is_not_flagged(card, client):
    client.force_login(User.objects.create_superuser("root"))
    assert "there was no nightly run yet" in client.get(reverse("admin:index")).text
    cards = reverse("admin:questions_card_changelist")
    assert "icon-unknown.svg" in client.get(cards).text
    night()
    assert "icon-yes.svg" in client.get(cards).text
    assert not CardFlag.objects.exists() and not mail.outbox
    front = client.get(reverse("admin:index")).text
    assert "no card, by the last nightly run" in front and "no nightly run yet" not in front


def test_card_that_is_no_longer_true_is_flagged_and_stays_published(card, client):
    claim = Claim.objects.order_by("pk").first()
    Claim.objects.filter(pk=claim.pk).update(emails=claim.emails + 5)
    with pytest.raises(CommandError):
        night()
    flag = CardFlag.objects.get()
    assert f"claims {claim.emails + 5} emails" in flag.said
    assert Card.objects.get().status == "published"
    assert mail.outbox[0].to == ["ina@example.com"] and flag.said in mail.outbox[0].body
    client.force_login(User.objects.create_superuser("root"))
    page = client.get(reverse("admin:questions_card_change", args=[card.pk])).content.decode()
    assert "Not true any more" in page and f"claims {claim.emails + 5} emails" in page
    listed = client.get(reverse("admin:questions_card_changelist"), {"holds": "no"})
    assert listed.context["cl"].result_count == 1
    assert "<strong>1 card</strong> of the last" in client.get(reverse("admin:index")).text
    with pytest.raises(CommandError):
        night()
    assert len(mail.outbox) == 1, "told once"

    Claim.objects.filter(pk=claim.pk).update(emails=claim.emails)
    night()
    assert not CardFlag.objects.exists()


def test_flag_goes_when_the_author_verifies_the_card(card, client):
    CardFlag.objects.create(card=card, said="buggy: claims 1, measured 2.", django="6.1")
    client.force_login(User.objects.create_superuser("root"))
    address = reverse("admin:questions_card_verify", args=[card.pk])
    assert "every claim holds" in client.post(address).content.decode()
    assert not CardFlag.objects.exists()
    assert Card.objects.get().status == "published"


@pytest.mark.parametrize("status", ["draft", "verified", "retired"])
def test_only_published_cards_are_flagged(card, status):
    Claim.objects.update(emails=50)
    Card.objects.update(status=status)
    assert "FALSE" in night(all=True)
    assert not CardFlag.objects.exists() and not mail.outbox
    Card.objects.update(status="published")
    with pytest.raises(CommandError, match=f"1 not true: {card.slug}"):
        night(all=True)
    assert CardFlag.objects.exists() and len(mail.outbox) == 1
