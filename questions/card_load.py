"""Cards from folders into the database: all or nothing, idempotent by slug."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

import msgspec
from django.conf import settings
from django.db import transaction

from questions.card_data import CardData, CaseData
from questions.card_folder import read_folder
from questions.card_rows import CASE, TEXTS, VERSION, claim_values, values
from questions.card_yaml import CardMistakes, Mistake
from questions.models import Card, CardTopic, Case, Topic, Version
from questions.topic_file import TopicData, read_topics

State = Literal["added", "changed", "unchanged", "kept"]
T = TypeVar("T")
PARKED = 1_000_000  # numbers above this are used only while cards swap theirs


class Loaded(NamedTuple):
    """What loading does, or with `check` would do, to one card."""

    slug: str
    state: State


def load(paths: Sequence[Path], *, check: bool = False, overwrite: bool = False) -> list[Loaded]:
    """Load the cards in the folders (or folders of folders) `paths`; `check` changes nothing.

    A card that was edited here since it was last loaded is kept, unless `overwrite`.
    Raise CardMistakes with every mistake in every file; nothing is saved then.
    """
    mistakes: list[Mistake] = []
    topics = _try(mistakes, read_topics, settings.CARDS_DIR.parent / "topics.yaml") or []
    cards = {
        folder: card
        for folder in _folders(paths, mistakes)
        if (card := _try(mistakes, read_folder, folder))
    }
    with transaction.atomic():
        _check_together(cards, topics, mistakes)
        if mistakes:
            raise CardMistakes(mistakes)
        _write_topics(topics)
        loaded = _write_all(list(cards.values()), overwrite=overwrite)
        transaction.set_rollback(check)
    return loaded


def _try(mistakes: list[Mistake], read: Callable[[Path], T], path: Path) -> T | None:
    """Return what was read, or None with the mistakes noted."""
    try:
        return read(path)
    except CardMistakes as error:
        mistakes.extend(error.mistakes)
        return None


def _folders(paths: Iterable[Path], mistakes: list[Mistake]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        inside = [path] if (path / "card.yaml").is_file() else sorted(path.glob("*/card.yaml"))
        if not inside:
            mistakes.append(
                Mistake(str(path), 0, "no card.yaml here", "a card, or a folder of them")
            )
        found += [file if file == path else file.parent for file in inside]
    return list(dict.fromkeys(folder.resolve() for folder in found))


def _check_together(
    cards: dict[Path, CardData], topics: list[TopicData], mistakes: list[Mistake]
) -> None:
    """Find what is wrong between cards: numbers and slugs in use, unknown topics."""
    known = [topic.name for topic in topics] or list(Topic.objects.values_list("name", flat=True))
    slugs = {card.slug for card in cards.values()}
    others = Card.objects.exclude(slug__in=slugs).values_list("number", "slug")
    numbers = {number: f"card {slug}" for number, slug in others}
    places: dict[str, Path] = {}
    for folder, card in cards.items():
        file = f"{folder}/card.yaml"
        if card.slug in places:
            what = f"slug {card.slug} is also {places[card.slug]}"
            mistakes.append(Mistake(file, 0, what, "another folder name"))
        places[card.slug] = folder
        if card.number in numbers:
            what = f"number {card.number} is that of {numbers[card.number]}"
            mistakes.append(Mistake(file, 1, what, "a number of its own"))
        numbers[card.number] = f"card {card.slug}"
        for topic in card.topics:
            if topic not in known:
                mistakes.append(
                    Mistake(file, 1, f"unknown topic {topic}", f"one of {', '.join(known)}")
                )


def _write_topics(topics: list[TopicData]) -> None:
    for topic in topics:
        values = {"name": topic.name, "order": topic.order, "introduction": topic.introduction}
        Topic.objects.update_or_create(slug=topic.slug, defaults=values)


def _write_all(cards: list[CardData], *, overwrite: bool) -> list[Loaded]:
    rows = Card.objects.with_content().in_bulk([card.slug for card in cards], field_name="slug")
    states = {card.slug: _state(card, rows.get(card.slug), overwrite) for card in cards}
    writing = [card for card in cards if states[card.slug] in ("added", "changed")]
    park_numbers(writing)
    for card in writing:
        write(card)
        Card.objects.filter(slug=card.slug).update(loaded=_mark(card))
    return [Loaded(slug, state) for slug, state in states.items()]


def _state(card: CardData, row: Card | None, overwrite: bool) -> State:
    if row is None:
        return "added"
    here = row.data()
    if here == card:
        return "unchanged"
    if row.loaded == _mark(card) and here.digest == card.digest and not overwrite:
        return "unchanged"  # only its status was changed here
    return "kept" if _edited_here(row, here) and not overwrite else "changed"


def _edited_here(row: Card, here: CardData) -> bool:
    """Whether the rows say something else than what was last loaded into them.

    Contents are compared, not digests: what a digest is made of may change with the site.
    """
    loaded = row.revisions.filter(digest=row.loaded.partition(":")[0]).first()
    return loaded is None or msgspec.structs.replace(loaded.data(), status=here.status) != here


def _mark(card: CardData) -> str:
    return f"{card.digest}:{card.status}"


def park_numbers(cards: list[CardData]) -> None:
    """Free the numbers of the cards about to be written, so that two of them may swap."""
    numbers = {card.slug: card.number for card in cards}
    for pk, slug, number in Card.objects.values_list("pk", "slug", "number"):
        if slug in numbers and numbers[slug] != number:
            Card.objects.filter(pk=pk).update(number=PARKED + pk)


@transaction.atomic
def write(data: CardData) -> Card:
    """Make the rows say what the data says, in place by slug and name; return the card, sealed.

    Raise Topic.DoesNotExist for an unknown topic and IntegrityError for a number in use.
    """
    # With its digest: no record of the history may say this state of the content before.
    made = {**values(data, TEXTS), "digest": data.digest}
    card, _ = Card.objects.update_or_create(slug=data.slug, defaults=made)
    topics = [Topic.objects.get(name=name) for name in data.topics]
    card.topic_links.all().delete()
    CardTopic.objects.bulk_create(
        CardTopic(card=card, topic=topic, order=order) for order, topic in enumerate(topics)
    )
    versions = _write_versions(card, data)
    card.cases.exclude(name__in=[case.name for case in data.cases]).delete()
    for order, said in enumerate(data.cases):
        defaults = {"order": order, **values(said, CASE)}
        case, _ = card.cases.update_or_create(name=said.name, defaults=defaults)
        _write_claims(case, said, versions)
    card.seal()
    return card


def _write_versions(card: Card, data: CardData) -> dict[str, Version]:
    card.versions.exclude(name__in=[version.name for version in data.versions]).delete()
    return {
        version.name: card.versions.update_or_create(
            name=version.name, defaults={"order": order, **values(version, VERSION)}
        )[0]
        for order, version in enumerate(data.versions)
    }


def _write_claims(case: Case, said: CaseData, versions: dict[str, Version]) -> None:
    case.claims.exclude(version__name__in=list(said.claims)).delete()
    for name, claim in said.claims.items():
        case.claims.update_or_create(version=versions[name], defaults=claim_values(claim))
