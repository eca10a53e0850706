"""A CSV to download: marked as UTF-8, named after whose it is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from tutor.export import safe_cell
from tutor.models import LearnerGroup


def csv_file(name: str, text: str) -> HttpResponse:
    """Return a download; the mark at its start lets spreadsheets see that it is UTF-8."""
    answer = HttpResponse(f"\ufeff{text}", content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def as_csv(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return rows as a download; no cell is taken for a formula by a spreadsheet."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        # A number is no formula, a negative one neither.
        writer.writerow(
            [cell if isinstance(cell, int | float) else safe_cell(cell) for cell in row]
        )
    return csv_file(name, text.getvalue())


def name_of(group: LearnerGroup, what: str) -> str:
    """Return the name of a group's file of today: "evening-class-results-2026-03-01.csv"."""
    return f"{slugify(group.name) or 'group'}-{what}-{timezone.localdate():%Y-%m-%d}.csv"
