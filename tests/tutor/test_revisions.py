"""A card edited and published under a learner's feet: who began on it finishes on it."""

import re
import uuid
from datetime import timedelta

import msgspec
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from questions.card_load import write
from questions.models import Card
from tests.tutor import factories
from tutor import analytics
from tutor.kinds import KINDS
from tutor.models import Response, Review, ReviewLog, Visit

pytestmark = pytest.mark.django_db
NEW = "NEW-CONTENT"


@pytest.fixture
def card():
    made = factories.card()
    made.seal()
    return Card.objects.get(pk=made.pk)


def edit(card):
    """Publish another content: other texts and code, a case less, every number another."""
    data = card.data()
    versions = [
        msgspec.structs.replace(each, files={"models.py": f"# {NEW}\n{factories.FIXED}"})
        for each in data.versions
    ]
    cases = [
        msgspec.structs.replace(
            case,
            title=f"{NEW} {case.title}",
            wanted=7,
            claims={
                name: msgspec.structs.replace(claim, emails=claim.emails + 5)
                for name, claim in case.claims.items()
            },
        )
        for case in data.cases[:-1]
    ]
    texts = dict.fromkeys(("title", "scenario", "question", "explanation", "lesson"), NEW)
    write(
        msgspec.structs.replace(
            data, versions=versions, cases=cases, ideas=[NEW, f"{NEW} too"], bug_lines={}, **texts
        )
    )
    return Card.objects.get(pk=card.pk)


def right_answer(response):
    """Return what to post so that the answer is right by the key of when it was asked."""
    ask, key = response.ask, response.key
    return {
        "number": lambda: {"emails": key["emails"]},
        "row": lambda: {f"emails_{n}": sent for n, sent in enumerate(key["emails"])},
        "which": lambda: {f"which_{n}": title for n, title in enumerate(key["which"])},
        "line": lambda: {"line": key["lines"][0]},
        "choose": lambda: {"option": key["right"][0]},
        "order": lambda: {"order": ",".join(str(ask["lines"].index(x)) for x in key["lines"])},
        "fix": lambda: {"file:models.py": factories.HARDENED},
        "explain": lambda: {"words": "It hears every save."},
    }[response.kind]()


def begin(client, kind):
    data = {"length": 3, "token": uuid.uuid4(), "kinds": [kind]}
    client.post(reverse("tutor:quizzes"), data, follow=True)  # messages of the start are seen
    return Response.objects.latest("pk")


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_begun_is_asked_graded_and_told_as_it_was(client, card, kind):
    response = begin(client, kind)
    asked = client.get(response.get_absolute_url()).content.decode()
    now = edit(card)
    again = client.get(response.get_absolute_url()).content.decode()
    assert NEW not in again
    assert plain(again) == plain(asked)

    client.post(response.get_absolute_url(), {**right_answer(response), "sure": "sure"})
    response.refresh_from_db()
    assert response.answered_at and response.correct is (None if kind == "explain" else True)
    told = client.get(response.get_absolute_url()).content.decode()
    assert "EXPLANATION-CANARY" in told and NEW not in told
    if kind == "explain":
        assert "IDEA-CANARY" in told
    assert response.digest == card.digest != now.digest


def plain(page):
    """Return a page without its tokens, which differ each time."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", page)


def test_figures_keep_the_revisions_apart(client, card):
    first = begin(client, "number")
    now = edit(card)
    client.post(first.get_absolute_url(), {**right_answer(first), "sure": "sure"})
    second = begin(client, "number")
    client.post(second.get_absolute_url(), {"emails": 99, "sure": "guess"})
    rows = {row["digest"]: (row["answers"], row["facility"]) for row in analytics.by_card()}
    assert rows == {card.digest: (1, 1.0), now.digest: (1, 0.0)}


def predict(client, card, **numbers):
    said = {f"n-{case}": n for case, n in numbers.items()}
    return client.post(reverse("questions:card_predict", args=[card.slug]), said, follow=True)


def page(client, card, at=""):
    return client.get(f"{card.get_absolute_url()}?at={at}", follow=True).content.decode()


def test_a_card_page_begun_goes_on_as_it_was(client, card):
    predict(client, card, one_update=1, create=1, no_change_save=1)
    now = edit(card)
    seen = page(client, card, "why")
    assert "This card was changed after you began it." in seen
    assert "It sent 1." in seen and NEW not in seen
    client.post(reverse("questions:card_explain", args=[card.slug]), {"words": "Saves."})
    told = page(client, card, "explain")
    assert "EXPLANATION-CANARY" in told and "IDEA-CANARY" in told and NEW not in told
    client.post(reverse("questions:card_ideas", args=[card.slug]), {"idea": ["1"]})
    fix = client.get(reverse("questions:card_fix", args=[card.slug])).content.decode()
    assert "notify_on_profile_update(sender, instance, **kwargs)" in fix and NEW not in fix
    client.post(reverse("questions:card_rate", args=[card.slug]), {"rating": 3})
    visit, log = Visit.objects.get(), ReviewLog.objects.get()
    assert (visit.digest, visit.ideas, visit.rating) == (card.digest, [1], 3)
    assert log.correct is True and log.emails == 1
    assert now.digest != card.digest


def test_begun_again_it_is_another_visit_of_its_own(client, card):
    predict(client, card, one_update=1, create=1, no_change_save=1)
    now = edit(card)
    client.post(reverse("questions:card_anew", args=[card.slug]))
    asked = page(client, card)
    assert NEW in asked and "This card was changed" not in asked and "You said" not in asked
    predict(client, card, one_update=6, create=6)
    first, second = Visit.objects.order_by("pk")
    assert (first.digest, len(first.predictions)) == (card.digest, 3)
    assert (second.digest, second.predictions["create"]["emails"]) == (now.digest, 6)


def test_somebody_new_sees_the_new_one(client, card):
    edit(card)
    assert NEW in page(client, card) and not Visit.objects.exists()


@pytest.mark.parametrize("status", ["retired", "draft"])
def test_a_card_taken_away_is_finished_by_whoever_began_it(client, card, status):
    predict(client, card, one_update=1, create=1, no_change_save=1)
    if status == "draft":  # reverted: it may be edited further, unseen
        edit(card)
    Card.objects.filter(pk=card.pk).update(status=status)
    seen = page(client, card, "why")
    assert "You can finish it as you began it." in seen and "It sent 1." in seen
    assert NEW not in seen and "Begin it as it is now" not in seen
    client.post(reverse("questions:card_show", args=[card.slug]))
    assert "EXPLANATION-CANARY" in page(client, card, "explain")
    gone = {"retired": 410, "draft": 404}[status]
    assert Client().get(card.get_absolute_url()).status_code == gone


def test_its_author_always_sees_it_as_it_is(client, card):
    ina = User.objects.create_user("ina", is_staff=True)
    Card.objects.filter(pk=card.pk).update(author=ina)
    client.force_login(ina)
    predict(client, card, one_update=1, create=1, no_change_save=1)
    edit(card)
    assert NEW in page(client, card) and "This card was changed" not in page(client, card)


def test_going_back_to_a_content_goes_on_with_its_visit(client, card):
    predict(client, card, one_update=1, create=1, no_change_save=1)
    edit(card)
    client.post(reverse("questions:card_anew", args=[card.slug]))
    write(card.revisions.get(digest=card.digest).data())
    client.post(reverse("questions:card_anew", args=[card.slug]))
    assert "It sent 1." in page(client, card, "why") and NEW not in page(client, card)
    assert Visit.objects.count() == 2


def due(client, card):
    """Have the learner rate the card, and let it come back."""
    predict(client, card, one_update=1, create=1, no_change_save=1)
    client.post(reverse("questions:card_show", args=[card.slug]))
    client.post(reverse("questions:card_rate", args=[card.slug]), {"rating": 3})
    Review.objects.update(due=timezone.now() - timedelta(hours=1))


def test_a_review_is_graded_and_told_as_it_was_asked(client, card):
    due(client, card)
    address = reverse("tutor:review_card", args=[card.slug])
    form = client.get(address)
    turn = form.context["turn"]
    now = edit(card)
    said = {"nth": turn.nth, "digest": turn.facts.digest, "emails": turn.emails, "sure": "sure"}
    client.post(reverse("tutor:review_show", args=[card.slug]), said)
    told = client.get(address).content.decode()
    assert "EXPLANATION-CANARY" in told and NEW not in told
    client.post(reverse("tutor:review_rate", args=[card.slug]), {"nth": turn.nth, "rating": 3})
    log = ReviewLog.objects.latest("pk")
    assert (log.digest, log.correct, log.emails) == (card.digest, True, turn.emails)

    Review.objects.update(due=timezone.now() - timedelta(hours=1))
    assert NEW in client.get(address).content.decode()
    assert now.digest in client.get(address).content.decode()
