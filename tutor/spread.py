"""The questions of a quiz: every card before one twice, kinds as different as they can be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from random import Random

from questions.models import Card
from tutor.facts import Facts
from tutor.kinds import KINDS, Kind, Question
from tutor.models import Response

Pair = tuple[int, str]  # the key of a card, the name of a kind


def questions(
    cards: Iterable[int],
    kinds: Iterable[str],
    length: int,
    seed: int,
    asked: Mapping[Pair, set[str]] | None = None,
) -> list[Response]:
    """Return at most `length` unsaved questions, no card twice with the same kind.

    `asked` are the cases that were asked before, by card and kind; others are preferred.
    """
    rng = Random(seed)  # noqa: S311
    cards, names = list(cards), [name for name in list(kinds) or KINDS if name in KINDS]
    rng.shuffle(cards)
    rng.shuffle(names)
    made = _askable(cards, names, length, seed, asked or defaultdict(set))
    places = {card: place for place, card in enumerate(cards)}
    chosen = sorted(_turns(list(made), length), key=lambda each: (each[0], places[each[1][0]]))
    return [made[pair] for _, pair in chosen]


def _askable(
    cards: list[int], names: list[str], length: int, seed: int, asked: Mapping[Pair, set[str]]
) -> dict[Pair, Response]:
    """Return the questions of the first so many cards that have any."""
    made: dict[Pair, Response] = {}
    having = 0
    for card in cards:
        if having == length:
            break
        facts = Facts(Card.objects.get(pk=card))
        for name in names:
            # Each its own dice: what one card can be asked changes no other question.
            dice = Random(f"{seed} {card} {name}")  # noqa: S311
            question = KINDS[name].make(facts, dice, asked.get((card, name), set()))
            if question:
                made[card, name] = response(facts, KINDS[name], question)
        having += any((card, name) in made for name in names)
    return made


def _turns(pairs: list[Pair], length: int) -> list[tuple[int, Pair]]:
    """Choose pairs one by one: [(how often the card was asked before, pair)].

    A kind that few cards have, and a card that has few kinds, goes first: it has no other place.
    """
    cards, kinds = Counter(card for card, _ in pairs), Counter(kind for _, kind in pairs)
    used: Counter[int | str] = Counter()
    chosen: list[tuple[int, Pair]] = []
    while pairs and len(chosen) < length:
        pair = min(pairs, key=lambda p: (used[p[0]], used[p[1]], cards[p[0]], kinds[p[1]]))
        pairs.remove(pair)
        chosen.append((used[pair[0]], pair))
        used.update(pair)
    return chosen


def response(facts: Facts, kind: Kind, question: Question) -> Response:
    """Return a question as a row of a sitting, not saved."""
    return Response(
        kind=kind.NAME,
        card=facts.card,
        case=question.case,
        digest=facts.digest,
        ask=question.ask,
        key=question.key,
    )
