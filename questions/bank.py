"""The published cards as pages list them: by topic, beside each other, one after another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log, sqrt

from django.db.models import QuerySet, prefetch_related_objects

from questions.card_rows import topics_in_order
from questions.models import Card, Topic
from questions.visits import Standing

FRESH = Standing("not started")


@dataclass(frozen=True)
class Progress:
    """How far a learner is in a set of cards."""

    done: int
    due: int
    of: int

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.of) if self.of else 0

    @property
    def words(self) -> str:
        if not self.done and not self.due:
            return f"{self.of} card{'s' * (self.of != 1)}"
        return f"{self.done} of {self.of} rated" + (f", {self.due} due" if self.due else "")


@dataclass(frozen=True)
class Shelf:
    """One topic and cards of it, each with where the learner stands."""

    topic: Topic
    cards: Sequence[Card]
    standings: Mapping[int, Standing]
    progress: Progress

    @property
    def rows(self) -> list[tuple[Card, Standing]]:
        return [(card, self.standings.get(card.pk, FRESH)) for card in self.cards]

    @property
    def more(self) -> int:
        """Return how many cards teach this topic, too, but are listed under another."""
        return self.progress.of - len(self.cards)


def published() -> QuerySet[Card]:
    """Return the published cards with their topics and versions, ready to list."""
    return Card.objects.published().prefetch_related("topic_links__topic", "versions")


def progress(cards: Iterable[Card], standings: Mapping[int, Standing]) -> Progress:
    """Return how many of these cards are done and due."""
    found = [standings.get(card.pk, FRESH) for card in cards]
    return Progress(sum(s.done for s in found), sum(s.due for s in found), len(found))


def shelves(
    cards: Sequence[Card], standings: Mapping[int, Standing], everything: Sequence[Card]
) -> list[Shelf]:
    """Return the cards by main topic, each once and the easy ones first; no topic is empty."""
    found = []
    for topic in Topic.objects.all():
        here = [card for card in cards if topics_in_order(card)[:1] == [topic]]
        here.sort(key=lambda card: (card.difficulty, card.number))
        of_topic = [card for card in everything if topic in topics_in_order(card)]
        if here:
            found.append(Shelf(topic, here, standings, progress(of_topic, standings)))
    return found


def path(cards: Iterable[Card]) -> list[tuple[str, list[Card]]]:
    """Return the cards in the order to learn them: easy, medium, hard."""
    cards = list(cards)
    steps = [(d.label, [c for c in cards if c.difficulty == d]) for d in Card.Difficulty]
    return [(label, here) for label, here in steps if here]


def neighbours(card: Card) -> tuple[Card | None, Card | None]:
    """Return the published cards before and after this one, by number."""
    others = Card.objects.published().exclude(pk=card.pk)
    before = others.filter(number__lt=card.number).order_by("-number").first()
    return before, others.filter(number__gt=card.number).first()


# What the names of Django in a card's code say about the trap it teaches.
MECHANISMS = (
    "post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed", "post_init", "on_commit",
    "atomic", "dispatch_uid", "bulk_create", "bulk_update", ".update(", "update_fields", "ready(",
    "get_model", "get_user_model", "AppConfig", "TYPE_CHECKING", "threading", "weak", "lambda",
    "partial", "disconnect", "send_robust", "update_or_create", "get_or_create", "F(",
    "select_for_update", "IntegrityError", "user_logged_in",
)  # fmt: skip


# In the explanation every name of code stands in backticks; shorter ones tell nothing.
SPAN = re.compile(r"`([^`\n]+)`")
NAME = re.compile(r"\w{4,}")
ON_A_TICKET = ("number", "slug", "title", "difficulty", "status", "scenario", "updated_at")
Traits = frozenset[str]
_traits: dict[tuple[int, datetime], Traits] = {}


def mechanisms(card: Card) -> set[str]:
    """Return the names out of MECHANISMS that the card's own code uses, buggy or fixed."""
    own = [v.files for v in card.versions.all() if v.kind in ("buggy", "fixed")]
    code = "\n".join(text for files in own for text in files.values())
    return {name for name in MECHANISMS if name in code}


def traits(cards: Iterable[Card]) -> dict[int, Traits]:
    """Return what each card is about by primary key: topics, mechanisms, names it explains."""
    cards = list(cards)
    new = [card.pk for card in cards if (card.pk, card.updated_at) not in _traits]
    content = Card.objects.filter(pk__in=new).prefetch_related("topic_links__topic", "versions")
    for card in content if new else ():
        told = SPAN.findall("\n".join([card.explanation, card.answer, *card.ideas]))
        names = {f"`{name}`" for span in told for name in NAME.findall(span)}
        topics = {topic.name for topic in topics_in_order(card)}
        _traits[card.pk, card.updated_at] = frozenset(mechanisms(card) | names | topics)
    return {card.pk: _traits.get((card.pk, card.updated_at), frozenset()) for card in cards}


def related(card: Card, count: int = 3) -> list[Card]:
    """Return the published cards nearest to this one.

    What two cards share weighs as much as it is rare (idf, squared), and less beside much else,
    so that a card about everything is not related to everything.
    """
    others = list(Card.objects.published().exclude(pk=card.pk).only(*ON_A_TICKET))
    of = traits([card, *others])
    cards_with = Counter(trait for found in of.values() for trait in found)
    weight = {trait: log(1 + len(of) / n) ** 2 for trait, n in cards_with.items()}

    def nearness(other: Card) -> float:
        shared, whole = of[card.pk] & of[other.pk], sum(weight[trait] for trait in of[other.pk])
        return sum(weight[trait] for trait in shared) / sqrt(whole) if shared and whole else 0.0

    near = sorted(others, key=lambda other: (-nearness(other), other.number))
    found = [other for other in near[:count] if nearness(other)]
    prefetch_related_objects(found, "topic_links__topic")
    return found
