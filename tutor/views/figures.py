"""Figures for instructors: by card and revision, by group, and as CSV."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from questions.admin.who import visible
from questions.models import Card
from tutor import analytics, group_figures
from tutor.card_sheet import Sheet, overview, revisions
from tutor.instructor import instructors_only
from tutor.models import LearnerGroup
from tutor.views.csv_file import as_csv, name_of
from tutor.views.group import own_group

COLUMNS = (
    "card", "revision", "answers", "learners", "facility", "discrimination", "low", "high",
    "sure_wrong", "predicted", "tried_fix",
)  # fmt: skip
LINE_COLUMNS = ("card", "revision", "figure", "of", "value")


def _asked_group(request: HttpRequest) -> LearnerGroup | None:
    """Return the group that ?group= names, which must be one's own; None for all learners."""
    asked = request.GET.get("group", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 12:
        raise Http404
    return own_group(request, int(asked))


def _rows(request: HttpRequest, group: LearnerGroup | None) -> list[dict[str, Any]]:
    seen = set(visible(Card.objects.all(), request.user).values_list("pk", flat=True))
    return [row for row in overview(group) if row["card"] in seen]


@require_safe
@never_cache
@instructors_only
def card_figures(request: HttpRequest) -> HttpResponse:
    group = _asked_group(request)
    context = {"group": group, "rows": _rows(request, group)}
    return render(request, "tutor/card_figures.html", context)


@require_safe
@never_cache
@instructors_only
def card_figures_csv(request: HttpRequest) -> HttpResponse:
    group = _asked_group(request)
    rows = _rows(request, group)
    cards = Card.objects.in_bulk([row["card"] for row in rows])
    table = []
    for row in rows:
        found = analytics.discrimination(cards[row["card"]], row["digest"], group)
        figures = (found.r, found.low, found.high)
        table.append(
            (row["card__slug"], row["digest"], row["answers"], row["learners"], row["facility"],
             *figures, row["sure_wrong"], row["predicted"], row["tried"])
        )  # fmt: skip
    return as_csv(name_of(group, "cards") if group else "cards.csv", COLUMNS, table)


def _sheet(request: HttpRequest, slug: str) -> tuple[Sheet, list[dict[str, Any]], str]:
    """Return the figures of the revision that is asked for, all revisions, and today's digest."""
    group = _asked_group(request)
    card = get_object_or_404(visible(Card.objects.all(), request.user), slug=slug)
    now = card.digest or card.data().digest
    known = revisions(card)
    digest = request.GET.get("revision") or now
    if digest not in {each["digest"] for each in known}:
        raise Http404
    return Sheet(card, digest, group), known, now


@require_safe
@never_cache
@instructors_only
def card_figure(request: HttpRequest, slug: str) -> HttpResponse:
    sheet, known, now = _sheet(request, slug)
    context = {"sheet": sheet, "card": sheet.card, "group": sheet.group, "now": now}
    return render(request, "tutor/card_figure.html", {**context, "revisions": known})


@require_safe
@never_cache
@instructors_only
def card_figure_csv(request: HttpRequest, slug: str) -> HttpResponse:
    sheet, _, _ = _sheet(request, slug)
    rows = [(slug, sheet.digest, *line) for line in sheet.lines()]
    return as_csv(f"{slug}-{sheet.digest[:8]}.csv", LINE_COLUMNS, rows)


@require_safe
@never_cache
@instructors_only
def group_figure(request: HttpRequest, pk: int) -> HttpResponse:
    group = own_group(request, pk)
    return render(
        request,
        "tutor/group_figure.html",
        {
            "group": group,
            "members": group_figures.members(group),
            "discuss": group_figures.to_discuss(group),
            "curve": group_figures.calibration(group),
            "summary": group_figures.summary(group),
            "lives": group_figures.in_class(group),
        },
    )


@require_safe
@never_cache
@instructors_only
def group_figure_csv(request: HttpRequest, pk: int) -> HttpResponse:
    group = own_group(request, pk)
    rows = [
        (
            each.name,
            each.key,
            each.answers,
            each.right,
            each.sure_wrong,
            "stuck" if each.stuck else "",
        )
        for each in group_figures.members(group)
    ]
    columns = ("name", "key", "answers", "right", "sure_wrong", "stuck")
    return as_csv(name_of(group, "learners"), columns, rows)
