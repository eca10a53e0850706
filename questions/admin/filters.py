"""What the list of cards can be narrowed to, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from questions.models import Card


class Whose(admin.SimpleListFilter):
    title = "author"
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("mine", "My cards")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Card]) -> QuerySet[Card]:
        return queryset.filter(author=request.user.pk) if self.value() == "mine" else queryset


class Holds(admin.SimpleListFilter):
    title = "nightly run"
    parameter_name = "holds"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("no", "Not true any more")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Card]) -> QuerySet[Card]:
        return queryset.exclude(flag=None) if self.value() == "no" else queryset


class Topics(admin.RelatedFieldListFilter):
    """By topic; no card is without one, so there is no entry for that."""

    @property
    def include_empty_choice(self) -> bool:
        return False
