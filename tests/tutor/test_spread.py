"""The questions of a quiz: every card before one twice, and as many kinds as there can be."""

import uuid
from collections import Counter

import pytest

from questions.models import Card
from tests.tutor import factories
from tutor import sitting
from tutor.kinds import KINDS
from tutor.models import Learner, Quiz
from tutor.spread import questions

pytestmark = pytest.mark.django_db


def asked(cards, length, seed=1, kinds=()):
    return [
        (each.card_id, each.kind) for each in questions([c.pk for c in cards], kinds, length, seed)
    ]


@pytest.fixture
def cards():
    return [factories.card(number) for number in (1, 2, 3)]


@pytest.mark.parametrize("seed", range(8))
def test_five_questions_of_three_cards_are_of_five_kinds(cards, seed):
    found = asked(cards, 5, seed)
    assert len({kind for _, kind in found}) == 5
    assert sorted(Counter(card for card, _ in found).values()) == [1, 2, 2]


def test_own_quizzes_spread_them_too(cards):
    learner = Learner.objects.create()
    for n in range(1, 6):
        token = uuid.UUID(int=n)
        attempt = sitting.start(learner, Quiz(length=8), [], token)
        kinds = Counter(attempt.responses.values_list("kind", flat=True))
        assert len(kinds) == 8, kinds


@pytest.mark.parametrize("seed", range(8))
def test_a_card_that_has_one_kind_only_gets_it_first(cards, seed):
    Card.objects.filter(pk=cards[0].pk).update(ideas=[], bug_lines={})
    cards[0].versions.exclude(kind="buggy").delete()
    few = [name for card, name in asked(cards[:1], 9, seed)]
    assert 0 < len(few) < 4
    found = asked(cards, 3, seed, few)
    assert {card for card, _ in found} == {card.pk for card in cards}
    assert len({kind for _, kind in found}) == min(3, len(few))


def test_all_that_can_be_asked_is_asked_once(cards):
    found = asked(cards, 50)
    assert len(found) == len(set(found)) == 3 * len(KINDS)
    assert {card for card, _ in found[:3]} == {card.pk for card in cards}


def test_the_same_seed_asks_the_same_and_others_do_not(cards):
    assert asked(cards, 5) == asked(cards, 5)
    assert len({tuple(asked(cards, 5, seed)) for seed in range(6)}) > 1


def test_a_card_without_questions_takes_no_place(cards):
    Card.objects.filter(pk=cards[0].pk).update(ideas=[])
    for seed in range(4):
        found = asked(cards, 2, seed, ["explain"])
        assert {card for card, _ in found} == {cards[1].pk, cards[2].pk}
