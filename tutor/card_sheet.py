"""Everything that is known of one card at one revision, for its page and its CSV."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet

from questions.models import Card
from tutor import analytics, fixes, past, predicted
from tutor.histogram import Histogram, Series
from tutor.models import LearnerGroup, Live, Response, Visit

Line = tuple[str, str, Any]
NONE = {
    "answers": 0, "learners": 0, "facility": None, "sure_wrong": 0, "predicted": 0, "tried": 0,
}  # fmt: skip
PLACES = (
    ("on the card’s page", "The first prediction of each visitor, before anything ran.",
     "Predict, observe, explain: White & Gunstone, Probing Understanding (1992)."),
    ("in quizzes", "Numbers given in “predict the number”; skipped questions are left out.",
     "Frequencies of responses, as in Moodle’s quiz statistics."),
    ("in class", "Round 1 alone (left), round 2 after talking (right).",
     "Crouch & Mazur, Am. J. Phys. 69, 970 (2001)."),
)  # fmt: skip
GRADES = ("1 Again", "2 Hard", "3 Good", "4 Easy")


class Sheet:
    """The figures of a card at one revision, of everybody or of a group since each joined."""

    def __init__(self, card: Card, digest: str, group: LearnerGroup | None = None) -> None:
        self.card, self.digest, self.group = card, digest, group
        self.past = past.of(card, digest)

    @cached_property
    def answers(self) -> QuerySet[Response]:
        return analytics.answers(self.group).filter(card=self.card, digest=self.digest)

    @cached_property
    def visits(self) -> QuerySet[Visit]:
        return analytics.visits(self.group).filter(card=self.card, digest=self.digest)

    @cached_property
    def totals(self) -> dict[str, Any]:
        return analytics.totals(self.answers)

    @cached_property
    def discrimination(self) -> analytics.Discrimination:
        return analytics.discrimination(self.card, self.digest, self.group)

    @cached_property
    def time(self) -> Any:
        return analytics.median_time(self.answers)

    @cached_property
    def grades(self) -> list[tuple[str, list[int]]]:
        return analytics.grades(self.answers)

    @cached_property
    def grade_picture(self) -> Histogram:
        """Return the self-given grades as bars: what was not right first, then what was."""
        rows = reversed(self.grades)
        series = [Series(word, dict(enumerate(row, start=1))) for word, row in rows]
        return Histogram(series, words=GRADES)

    @cached_property
    def ideas(self) -> list[tuple[str, int, int]]:
        words = analytics.explained(self.group).filter(card=self.card, digest=self.digest)
        return analytics.ideas(self.past.data.ideas, self.visits, words) if self.past else []

    @cached_property
    def predictions(self) -> list[tuple[str, str, str, list[predicted.Predicted]]]:
        """Return (where, how it was counted, source, by case), empty places left out."""
        if self.past is None:
            return []
        in_class = predicted.in_class(self.past, self.card, self.digest, self.group)
        found = (
            predicted.on_page(self.past, self.visits),
            predicted.in_quizzes(self.past, self.answers),
            in_class,
        )
        return [(*place, each) for place, each in zip(PLACES, found, strict=True) if each]

    @cached_property
    def fixes(self) -> fixes.Tried:
        return fixes.tried(self.past, self.card.pk, self.digest, self.group)

    def lines(self) -> Iterator[Line]:
        """Return every figure as (figure, of what, value), for a spreadsheet."""
        r, time = self.discrimination, self.time
        yield from (
            ("attempts", "", self.totals["answers"]),
            ("learners", "", self.totals["learners"]),
            ("skipped", "", self.totals["skips"]),
            ("facility", "", self.totals["facility"]),
            ("discrimination", "", r.r),
            ("discrimination", "95% interval, low", r.low),
            ("discrimination", "95% interval, high", r.high),
            ("discrimination", "learners", r.learners),
            ("sure, and wrong", "", self.totals["sure_wrong"]),
            ("time, median", "seconds", time and time.total_seconds()),
        )
        for word, row in self.grades:
            yield from (
                ("self-grade", f"{grade}, {word}", n) for grade, n in zip(GRADES, row, strict=True)
            )
        for idea, said, not_said in self.ideas:
            yield from (("idea said", idea, said), ("idea not said", idea, not_said))
        yield from self._predicted()
        yield from self._tried()

    def _predicted(self) -> Iterator[Line]:
        for where, _, _, found in self.predictions:
            for each in found:
                for series in each.histogram.series:
                    figure = f"predicted {where}, {series.name}"
                    for emails, people in sorted(series.counts.items()):
                        yield figure, f"{each.title}: {emails}", people

    def _tried(self) -> Iterator[Line]:
        yield "fixes", "learners who tried", self.fixes.learners
        yield "fixes", "learners whose fix holds", self.fixes.held
        for each in self.fixes.ways:
            like = f", like {each.like.name}" if each.like else ""
            did = "; ".join(f"{cell['case']} {cell['error'] or cell['emails']}"
                            for _, cell in each.wrong)  # fmt: skip
            yield (
                "wrong fix, learners",
                f"{each.held} of {each.of} hold{like}: {did}",
                (each.learners),
            )


def revisions(card: Card) -> list[dict[str, Any]]:
    """Return {digest, made_at} of the revisions with anything to show, and of the one of today."""
    stores = (analytics.answers(), analytics.visits(), analytics.fixes(), Live.objects)
    digests: set[str] = set()
    for store in stores:
        mine = store.filter(card=card).order_by()
        digests.update(mine.values_list("digest", flat=True).distinct())
    made = dict(card.revisions.values_list("digest", "made_at"))
    now = card.digest or card.data().digest
    # The newest first; what nobody kept the date of comes last.
    order = [digest for digest in made if digest in digests or digest == now]
    rest = sorted({now, *digests} - {*order, ""})
    return [{"digest": each, "made_at": made.get(each)} for each in [*order, *rest]]


def overview(group: LearnerGroup | None = None) -> list[dict[str, Any]]:
    """Return a row for each revision of a card that somebody answered, predicted or mended.

    Each has {card, card__slug, card__title, card__number, digest, answers, learners, facility,
    sure_wrong, predicted, tried}; facility is None without an answer.
    """
    rows = {(row["card"], row["digest"]): row for row in analytics.by_card(group)}
    names = ("card", "card__slug", "card__title", "card__number", "digest")
    visited = analytics.visits(group).exclude(digest="").exclude(predictions={})
    for what, found in (("predicted", visited), ("tried", analytics.fixes(group))):
        counted = found.values(*names).annotate(people=Count("learner", distinct=True))
        for row in counted.order_by():
            people = row.pop("people")
            kept = rows.setdefault((row["card"], row["digest"]), {**row, **NONE})
            kept[what] = people
    rows = {key: {**NONE, **row} for key, row in rows.items()}
    return sorted(rows.values(), key=lambda row: (row["card__number"], row["digest"]))
