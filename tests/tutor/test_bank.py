"""All cards that ship, in all kinds of question: made, graded by their key, and silent about it."""

from datetime import timedelta
from random import Random

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from questions.models import Card
from tests.tutor.test_kinds import text_of
from tutor import schedule
from tutor.facts import Facts
from tutor.kinds import KINDS
from tutor.models import Learner

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LONG = 25  # characters: shorter sentences may stand in the code by chance


@pytest.fixture
def cards():
    call_command("load_cards", verbosity=0)
    return list(Card.objects.published().prefetch_related("versions", "cases"))


def secrets(card):
    """Return the sentences that nobody may see before answering."""
    texts = [card.explanation, card.answer, card.lesson, *card.hints, *card.ideas]
    texts += [version.note for version in card.versions.all()]
    sentences = {piece.strip() for text in texts for piece in text.replace("\n", ". ").split(". ")}
    public = card.scenario + card.question
    return {each for each in sentences if len(each) > LONG and each not in public}


def test_every_question_of_every_card(cards):
    made = dict.fromkeys(KINDS, 0)
    for card in cards:
        facts, hidden = Facts(card), secrets(card)
        for name, kind in KINDS.items():
            question = kind.make(facts, Random(card.number), set())  # noqa: S311
            if question is None:
                continue
            made[name] += 1
            shown = text_of(question.ask)
            leaks = [sentence for sentence in hidden if sentence in shown]
            assert not leaks, (card.slug, name, leaks)
    # Authors do nothing for a kind: most cards give each of them.
    assert all(count >= len(cards) // 2 for count in made.values()), made


def test_a_review_asks_of_every_card_and_tells_nothing(client, cards):
    who = Learner.objects.create()
    session = client.session
    session["learner"] = str(who.pk)
    session.save()
    for card in cards:
        log = schedule.turn(who, card, "card")
        log.rating, log.rated_at = 1, timezone.now() - timedelta(days=9)
        log.save()
        schedule.rebuild(who, card)
        page = client.get(reverse("tutor:review_card", args=[card.slug])).text
        assert "<h2>Why</h2>" not in page and not [each for each in secrets(card) if each in page]
    client.post(reverse("tutor:review_show", args=[cards[0].slug]), {"nth": 2})
    page = client.get(reverse("tutor:review_card", args=[cards[0].slug])).text
    assert "<h2>Why</h2>" in page


RIGHT = {
    "number": lambda key: key["emails"],
    "row": lambda key: key["emails"],
    "line": lambda key: key["lines"][0],
    "choose": lambda key: key["right"][0],
}


def test_the_key_is_right_by_its_own_measure(cards):
    for card in cards:
        facts = Facts(card)
        for name, right in RIGHT.items():
            question = KINDS[name].make(facts, Random(7), set())  # noqa: S311
            if question:
                given = right(question.key)
                assert KINDS[name].grade(question.ask, question.key, given).correct, card.slug
