"""Exports of the chosen cards, or of one: zip, YAML, Moodle XML, GIFT, Anki, a page to print."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from questions import address
from questions.admin import who
from questions.card_data import CardData
from questions.export.item import Link, items
from questions.export.kinds import KINDS
from questions.models import Card


def actions() -> list[Any]:
    """Return the actions of the card list; each sees only what the user's list shows."""
    return [*(_action(kind) for kind in KINDS), print_cards]


def _action(kind: str) -> Any:
    words, _ = KINDS[kind]

    @admin.action(description=f"Export as {words}", permissions=["view"])
    def export(model_admin: Any, request: HttpRequest, queryset: QuerySet[Card]) -> HttpResponse:
        return _file(kind, queryset, request)

    export.__name__ = f"export_{kind}"
    return export


@admin.action(description="Show as a page to print", permissions=["view"])
def print_cards(model_admin: Any, request: HttpRequest, queryset: QuerySet[Card]) -> HttpResponse:
    """Show the questions and answers of the cards, a card a page."""
    whole = [item for item in items(_data(queryset), link_of(request)) if item.emails is None]
    base = address.base(request)
    context = {"items": whole, "base": base, "only_here": address.is_local(base)}
    return render(request, "admin/questions/card/print.html", context)


def export(admin: Any, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out one card as a file of a kind, or as a page to print."""
    card = get_object_or_404(who.visible(Card.objects.all(), request.user), pk=pk)
    if not admin.has_view_permission(request, card) or kind not in (*KINDS, "print"):
        raise Http404
    chosen = Card.objects.filter(pk=card.pk)
    return print_cards(admin, request, chosen) if kind == "print" else _file(kind, chosen, request)


def _file(kind: str, queryset: QuerySet[Card], request: HttpRequest) -> HttpResponse:
    _, make = KINDS[kind]
    name, content_type, content = make(_data(queryset), link_of(request))
    answer = HttpResponse(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def link_of(request: HttpRequest) -> Link:
    """Return what gives the address of a live card."""
    base = address.base(request)
    return lambda card: f"{base}{Card(slug=card.slug).get_absolute_url()}"


def _data(queryset: QuerySet[Card]) -> list[CardData]:
    cards = Card.objects.with_content().filter(pk__in=queryset.values("pk"))
    return [card.data() for card in cards.order_by("number")]
