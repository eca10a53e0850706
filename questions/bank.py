"""The published cards as pages list them: by topic, beside each other, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

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
        return f"{self.done} of {self.of}" + (f", {self.due} due" if self.due else "")


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
    """Return the cards by main topic, each card once; topics with none of them are left out."""
    found = []
    for topic in Topic.objects.all():
        here = [card for card in cards if topics_in_order(card)[:1] == [topic]]
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


def mechanisms(card: Card) -> set[str]:
    """Return the names out of MECHANISMS that the card's own, buggy code uses."""
    files: dict[str, str] = next((v.files for v in card.versions.all() if v.kind == "buggy"), {})
    code = "\n".join(files.values())
    return {name for name in MECHANISMS if name in code}


def related(card: Card, count: int = 3) -> list[Card]:
    """Return the cards nearest to this one: shared mechanisms count double, topics once."""
    mine, topics = mechanisms(card), set(topics_in_order(card))

    def nearness(other: Card) -> int:
        return 2 * len(mine & mechanisms(other)) + len(topics & set(topics_in_order(other)))

    others = [other for other in published().exclude(pk=card.pk) if nearness(other)]
    return sorted(others, key=lambda other: (-nearness(other), other.number))[:count]
