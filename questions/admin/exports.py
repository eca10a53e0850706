"""Exports of the chosen cards: zip, YAML, Moodle XML, GIFT, Anki, a page to print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from questions.card_data import CardData
from questions.card_write import card_yaml
from questions.card_zip import write_one_files, write_zip
from questions.export.anki import anki_package
from questions.export.gift import gift
from questions.export.item import Link, items
from questions.export.moodle import moodle_xml
from questions.models import Card


def _zip(cards: list[CardData], link: Link) -> tuple[str, str, bytes]:
    return "cards.zip", "application/zip", write_zip(cards)


def _yaml(cards: list[CardData], link: Link) -> tuple[str, str, bytes]:
    if len(cards) == 1:
        return f"{cards[0].slug}.yaml", "application/yaml", card_yaml(cards[0]).encode()
    return "cards-yaml.zip", "application/zip", write_one_files(cards)


def _moodle(cards: list[CardData], link: Link) -> tuple[str, str, bytes]:
    return "signalbox-moodle.xml", "application/xml", moodle_xml(cards, link)


def _gift(cards: list[CardData], link: Link) -> tuple[str, str, bytes]:
    return "signalbox-gift.txt", "text/plain; charset=utf-8", gift(cards, link).encode()


def _anki(cards: list[CardData], link: Link) -> tuple[str, str, bytes]:
    return "signalbox.apkg", "application/octet-stream", anki_package(cards, link)


KINDS: dict[str, tuple[str, Callable[[list[CardData], Link], tuple[str, str, bytes]]]] = {
    "zip": ("Export as folders in a zip", _zip),
    "yaml": ("Export as YAML", _yaml),
    "moodle": ("Export as Moodle XML", _moodle),
    "gift": ("Export as GIFT", _gift),
    "anki": ("Export as Anki package", _anki),
}


def actions() -> list[Any]:
    """Return the actions of the card list; each sees only what the user's list shows."""
    return [*(_action(kind) for kind in KINDS), print_cards]


def _action(kind: str) -> Any:
    words, make = KINDS[kind]

    @admin.action(description=words, permissions=["view"])
    def export(model_admin: Any, request: HttpRequest, queryset: QuerySet[Card]) -> HttpResponse:
        name, content_type, content = make(_data(queryset), link_of(request))
        answer = HttpResponse(content, content_type=content_type)
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    export.__name__ = f"export_{kind}"
    return export


@admin.action(description="Show as a page to print", permissions=["view"])
def print_cards(model_admin: Any, request: HttpRequest, queryset: QuerySet[Card]) -> HttpResponse:
    """Show the questions and answers of the cards, a card a page."""
    whole = [item for item in items(_data(queryset), link_of(request)) if item.emails is None]
    return render(request, "admin/questions/card/print.html", {"items": whole})


def link_of(request: HttpRequest) -> Link:
    """Return what gives the address of a live card."""
    return lambda card: request.build_absolute_uri(Card(slug=card.slug).get_absolute_url())


def _data(queryset: QuerySet[Card]) -> list[CardData]:
    cards = Card.objects.with_content().filter(pk__in=queryset.values("pk"))
    return [card.data() for card in cards.order_by("number")]
