"""Cards and cases to choose from, on the pages for instructors."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from questions.measured import claims_to_meet
from questions.models import Card, CardTopic, Case, Claim, Topic, Version


def by_topic(cards: Iterable[Card]) -> list[tuple[str, list[Card]]]:
    """Return cards under the name of their main topic, the topics in their order."""
    cards = list(cards)
    links = CardTopic.objects.filter(card__in=cards).order_by("order", "pk")
    main: dict[int, str] = {}
    for card, topic in links.values_list("card", "topic__name"):
        main.setdefault(card, topic)
    groups: dict[str, list[Card]] = {
        name: [] for name in Topic.objects.values_list("name", flat=True)
    }
    groups["Other cards"] = []
    for each in cards:
        groups[main.get(each.pk, "Other cards")].append(each)
    return [(name, inside) for name, inside in groups.items() if inside]


def askable() -> QuerySet[Case]:
    """Return the cases of published cards of which it is measured what the card's own code does."""
    measured = Claim.objects.filter(
        version__kind=Version.Kind.BUGGY, version__card__status=Card.Status.PUBLISHED
    )
    return Case.objects.filter(claims__in=measured).order_by("card__number", "order", "pk")


def first_to_ask(cases: Iterable[Case]) -> int | None:
    """Return the key of the case to ask first: to predict, and the card's own code fails in it."""
    cases = list(cases)
    claims = Claim.objects.filter(case__in=cases, version__kind=Version.Kind.BUGGY)
    wrong = {claim.case_id for claim in claims.select_related("case") if not _holds(claim)}
    ranked = sorted(cases, key=lambda case: not (case.predict and case.pk in wrong))
    return ranked[0].pk if ranked else None


def _holds(claim: Claim) -> bool:
    return claims_to_meet(claim.case, claim.here())


def askable_cards() -> QuerySet[Card]:
    """Return the cards that have such cases, without their texts, by number."""
    found = Card.objects.published().filter(cases__in=askable().order_by())
    return found.distinct().only("slug", "number", "title").order_by("number")
