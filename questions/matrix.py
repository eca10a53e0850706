"""The matrix of cards and Djangos: made of verdicts, written as docs/versions.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from questions.card_data import CardData, release
from questions.measured import Measured, json
from questions.verify import Verdict
from questions.versions import CardOn, Matrix, Platform, changes_of, program_digest

HEAD = """# Versions of Django

Every claim of every card, measured on each Django below. Made by `python manage.py
measure_versions PYTHON...` together with `fixtures/measured.json`, which the card pages read.
A cell says how many claims were measured there; bold are those that differ from the first column.
"""


def make(cards: Iterable[CardData], found: Iterable[Sequence[Verdict]]) -> Matrix:
    """Return the matrix of verdicts, one sequence a Django, each in the order of the cards."""
    columns = sorted(found, key=lambda verdicts: release(verdicts[0].django))
    platforms = {
        ".".join(map(str, release(verdicts[0].django))): Platform(
            verdicts[0].django, verdicts[0].python
        )
        for verdicts in columns
    }
    made = {}
    for card, *row in zip(cards, *columns, strict=True):
        first, *others = map(figures, row)
        made[card.slug] = CardOn(
            program=program_digest(card),
            first=first,
            otherwise={
                django: differing
                for django, other in zip(list(platforms)[1:], others, strict=True)
                if (differing := {k: m for k, m in other.items() if m != first[k]})
            },
        )
    return Matrix(platforms, made)


def figures(verdict: Verdict) -> dict[str, Measured]:
    """Return what was measured by "version/case"."""
    return {
        f"{version}/{case}": measured
        for version, cases in verdict.measured.items()
        for case, measured in cases.items()
    }


def text(matrix: Matrix) -> str:
    """Return the matrix as JSON, a card a line, so that a change shows which card changed."""
    cards = ",\n".join(
        f"  {json(slug)}: {json(entry)}" for slug, entry in sorted(matrix.cards.items())
    )
    return f'{{"platforms": {json(matrix.platforms)},\n"cards": {{\n{cards}\n}}}}\n'


def table(cards: Iterable[CardData], matrix: Matrix) -> str:
    """Return docs/versions.md."""
    cards = sorted(cards, key=lambda card: card.number)
    names = list(matrix.platforms)
    with_python = [f"{p.django}, Python {p.python}" for p in matrix.platforms.values()]
    lines = [HEAD, f"| Card | {' | '.join(with_python)} |", f"|---|{'---|' * len(names)}"]
    for card in cards:
        entry = matrix.cards[card.slug]
        cells = [_cell(entry, django) for django in names]
        lines.append(f"| {card.number} {card.title} | {' | '.join(cells)} |")
    total = sum(len(entry.first) for entry in matrix.cards.values())
    same = sum(not entry.otherwise for entry in matrix.cards.values())
    lines += [
        "",
        f"{len(cards)} cards, {total} claims on each; {same} cards are the same on all.",
        "",
        "## What changed",
        "",
    ]
    lines += [line for card in cards for line in _changes(card, matrix.cards[card.slug])]
    return "\n".join(lines) + "\n"


def _cell(entry: CardOn, django: str) -> str:
    differing = len(entry.otherwise.get(django, {}))
    return f"{len(entry.first)}, **{differing} differ**" if differing else str(len(entry.first))


def _changes(card: CardData, entry: CardOn) -> Iterable[str]:
    for change in changes_of(card.newer):
        ticket = f" ([ticket {change.ticket}]({change.url}))" if change.url else ""
        yield f"* **{card.title}**, from Django {change.django} on{ticket}: {change.what}"
    for django, cells in entry.otherwise.items():
        for cell, now in cells.items():
            before = _said(entry.first[cell])
            yield f"  * {cell} on {django}: {_said(now)}; before: {before}."


def _said(found: Measured) -> str:
    emails = f"{found.emails} email{'' if found.emails == 1 else 's'}"
    return f"{emails}, {found.error}" if found.error else emails
