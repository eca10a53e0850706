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
    def surprise(self) -> Outcome | None:
        """Return a case that was not said and is not as wanted, beside one that was right.

        Of two cases the other one is asked, not told.
        """
        if len(self.outcomes) == 2 and not self.tell_all:
            return None
        if self.first is None or not self.first.sent.ok or not self.first.said:
            return None
        others = [o for o in self.outcomes if o is not self.first and not o.sent.ok]
        return max(others, key=lambda o: (o.sent.extra > 0, o.sent.number), default=None)

    @property
    def waiting(self) -> list[Outcome]:
        """Return the cases still to predict: their numbers are not told before."""
        unsaid = [outcome for outcome in self.outcomes if not outcome.said]
        if self.tell_all or not self.said:
            return []
        # A single one left may have been told as the surprise: it is never asked after that.
        if len(unsaid) == 1 and self._may_be_told(unsaid[0]):
            return []
        return [outcome for outcome in unsaid if outcome is not self.surprise]

    def _may_be_told(self, left: Outcome) -> bool:
        """Return whether this one was the surprise beside any that was said."""
        is_wrong = not left.sent.ok
        return len(self.outcomes) > 2 and is_wrong and any(o.sent.ok for o in self.said)

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
