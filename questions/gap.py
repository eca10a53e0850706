"""The gap between what was said and what was sent, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from questions.ledger import Cell, Sent, sent
from questions.models import Case
from questions.visits import Prediction
from sandbox.report import Report

SURENESS = {"sure": 3, "think": 2, "guess": 1, "": 0}


@dataclass(frozen=True)
class Outcome:
    """One asked case: what was said (None: nothing), and what the card's code sent."""

    case: Case
    said: Prediction | None
    sent: Sent

    @property
    def right(self) -> bool:
        return self.said is not None and self.said.fits(self.sent.number)

    @property
    def missed(self) -> bool:
        return self.said is not None and not self.right

    @property
    def sure_miss(self) -> bool:
        return self.missed and self.said is not None and self.said.sure == "sure"


@dataclass(frozen=True)
class Gap:
    """All predictions against the runs; `first` is the one to talk about.

    `latest` is the one to talk about of those said last, where some were said after others.
    """

    outcomes: tuple[Outcome, ...]
    first: Outcome | None
    tell_all: bool = True
    latest: Outcome | None = None

    @property
    def headline(self) -> Outcome | None:
        return self.latest or self.first

    @property
    def missed(self) -> int:
        return sum(outcome.missed for outcome in self.outcomes)

    @property
    def said(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.said]

    @property
    def waiting(self) -> list[Outcome]:
        """Return the cases still to predict: nothing is told of them before."""
        if self.tell_all or not self.said:
            return []
        return [outcome for outcome in self.outcomes if not outcome.said]

    @property
    def told(self) -> list[Outcome]:
        """Return the cases whose numbers may be told."""
        return [outcome for outcome in self.outcomes if outcome not in self.waiting]


def gap(
    asked: Sequence[Case],
    said: Mapping[str, Prediction],
    reports: Mapping[Cell, Report],
    *,
    tell_all: bool = True,
    latest: Collection[str] = (),
) -> Gap:
    """Return what was said against what the buggy version sent, for the cases that ran.

    Talked about is the surest miss; without one, a prediction that came true, and without any
    prediction the first case that is not as wanted. Unless `tell_all`, cases that were not said
    while others were are still to be predicted. `latest` names the cases that were said last.
    """
    outcomes = tuple(
        Outcome(case, said.get(case.name), sent(case, "buggy", report))
        for case in asked
        if (report := reports.get(("buggy", case.name)))
    )
    last = [o for o in outcomes if o.said and o.case.name in latest]
    return Gap(outcomes, _to_talk_about(outcomes), tell_all, _to_talk_about(last))


def _to_talk_about(outcomes: Sequence[Outcome]) -> Outcome | None:
    misses = [o for o in outcomes if o.missed]
    if misses:
        # Of two equally sure misses the one that sent more has more to tell.
        return max(misses, key=lambda o: (SURENESS[o.said.sure if o.said else ""], o.sent.number))
    told = [o for o in outcomes if o.said]
    wrong = [o for o in told or outcomes if not o.sent.ok]
    return next(iter(wrong or told or outcomes), None)
