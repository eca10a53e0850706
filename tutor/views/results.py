"""Results to take away, for instructors."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from questions.admin.who import may_edit
from questions.models import Card
from tutor import results
from tutor.instructor import instructors_only
from tutor.views.csv_file import csv_file, name_of
from tutor.views.group import own_group


@require_safe
@never_cache
@instructors_only
def group_results(request: HttpRequest, pk: int) -> HttpResponse:
    mine = own_group(request, pk)
    return csv_file(name_of(mine, "results"), results.of_group(mine, _link(request)))


@admin.action(description="Export learners' results as CSV", permissions=["change"])
def card_results(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Card]
) -> HttpResponse | None:
    """Hand out the results of those of the chosen cards that the user may edit."""
    cards = [card for card in queryset if may_edit(request.user, card)]
    if not cards:
        messages.error(request, "Results are given out for cards that you may edit.")
        return None
    return csv_file("cards-results.csv", results.of_cards(cards, _link(request)))


def _link(request: HttpRequest) -> results.Link:
    """Return what gives the address of a live card."""
    return lambda card: request.build_absolute_uri(card.get_absolute_url())
