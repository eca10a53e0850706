"""Learners' own code and what it did: kept when it ran, grouped by its ledger for instructors."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Count, F, Max, Sum
from django.utils import timezone

from questions.card_data import CaseData, VersionData
from questions.diff import Mark, unified
from tutor import analytics
from tutor.models import Fix, Learner, LearnerGroup
from tutor.past import Past

MOST = 50  # ledgers of one learner on one card that are kept; a program can make up any number
LONGEST = 16 * 1024  # characters of the text that is kept as an example
LINES = 200  # of an example that are shown
ENOUGH = 5  # learners who ran own code; of fewer no text is shown: it would be known whose it is
SHOWN = 8  # ledgers; what few did is one line more
Cell = dict[str, Any]


def cell(case: str, emails: int, error: str, *, ok: bool) -> Cell:
    """Return one case of a ledger; `error` is "phase:Type" or a limit, at most 120 characters."""
    return {"case": case, "emails": emails, "error": plain(error)[:120], "ok": ok}


def plain(text: str) -> str:
    """Return a text without NUL and lone surrogates, which no database takes."""
    return text.replace("\x00", "").encode(errors="replace").decode()


def of_told(told: list[dict[str, Any]]) -> list[Cell]:
    """Return the ledger of what tutor.trial says of each case."""
    return [cell(each["name"], each["emails"], each["error"], ok=each["ok"]) for each in told]


@transaction.atomic
def keep(
    learner: Learner, card: int, digest: str, files: dict[str, str], cells: list[Cell]
) -> None:
    """Count a run of a learner's own files at this revision of the card (its primary key)."""
    key = hashlib.sha256(msgspec.json.encode(cells)).hexdigest()
    learner.lock()
    mine = learner.fixes.filter(card=card, digest=digest)
    if not mine.filter(ledger=key).exists() and mine.count() >= MOST:
        return
    texts = {name: plain(text) for name, text in files.items()}
    short = sum(map(len, texts.values())) <= LONGEST
    now = timezone.now()
    kept, _ = learner.fixes.get_or_create(
        card_id=card,
        digest=digest,
        ledger=key,
        defaults={
            "cells": cells,
            "held": sum(each["ok"] for each in cells),
            "of": len(cells),
            "tried_at": now,
        },
    )
    mine.filter(pk=kept.pk).update(runs=F("runs") + 1, files=texts if short else {}, tried_at=now)


@dataclass
class Wrong:
    """A ledger that learners' code gave: how many learners, in how many runs, and an example.

    `example` is empty where fewer than ENOUGH learners ran own code.
    """

    learners: int
    runs: int
    held: int
    of: int
    cells: list[tuple[CaseData | None, Cell]]
    like: VersionData | None
    example: list[tuple[str, Sequence[Mark]]]

    @property
    def wrong(self) -> list[tuple[CaseData | None, Cell]]:
        """Return the cases that did not come out as wanted."""
        return [(case, each) for case, each in self.cells if not each["ok"]]

    @property
    def stopped(self) -> str:
        """Return the error that every case ended with; empty when they ended otherwise."""
        errors = {each["error"] for _, each in self.cells} - {"not run"}
        return errors.pop() if len(errors) == 1 else ""


@dataclass
class Tried:
    """All fixes of a card at a revision: who tried, whose held, and the wrong ones by ledger."""

    learners: int
    runs: int
    held: int
    ways: list[Wrong]
    others: int

    @property
    def enough(self) -> bool:
        """Whether so many ran own code that an example names nobody."""
        return self.learners >= ENOUGH


def tried(past: Past | None, card: int, digest: str, group: LearnerGroup | None) -> Tried:
    """Return what was tried; wrong is what holds in fewer cases than the best known version."""
    found = analytics.fixes(group).filter(card=card, digest=digest)
    good = past.best if past and past.best is not None else F("of")
    whole = found.aggregate(people=Count("learner", distinct=True), all=Sum("runs"))
    held = found.filter(held__gte=good).aggregate(n=Count("learner", distinct=True))["n"]
    rows = list(
        found.filter(held__lt=good)
        .values("ledger")
        .annotate(people=Count("learner", distinct=True), all=Sum("runs"), last=Max("pk"))
        .order_by("-people", "-all", "ledger")
    )
    examples = Fix.objects.in_bulk([row["last"] for row in rows[:SHOWN]])
    made = Tried(whole["people"], whole["all"] or 0, held, [], max(0, len(rows) - SHOWN))
    for row in rows[:SHOWN]:
        way = _wrong(past, examples[row["last"]], row["people"], row["all"])
        if made.enough:
            way.example = _changes(past, examples[row["last"]])
        made.ways.append(way)
    return made


def _wrong(past: Past | None, example: Fix, people: int, runs: int) -> Wrong:
    cases = past.cases if past else {}
    cells = [(cases.get(each["case"]), each) for each in example.cells]
    like = past.like(example.cells) if past else None
    return Wrong(people, runs, example.held, example.of, cells, like, [])


def _changes(past: Past | None, example: Fix) -> list[tuple[str, Sequence[Mark]]]:
    """Return the example against the card's code, file by file."""
    before = past.shown_files if past else {}
    return [
        (name, unified(name, before.get(name, ""), text)[:LINES])
        for name, text in sorted(example.files.items())
    ]
