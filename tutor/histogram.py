"""Predictions as a picture and a table: how many people said each number of emails."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

WIDTH, BOTTOM, HEIGHT = 430, 360, 326  # of the drawing, 430 × 440
MOST = 9  # bins; what is more goes into the last one


@dataclass
class Series:
    """One round: {number of emails: how many people said it}."""

    name: str
    counts: dict[int, int]

    @property
    def people(self) -> int:
        return sum(self.counts.values())


@dataclass
class Bar:
    """One bar of the drawing, in its units."""

    x: float
    y: float
    width: float
    height: float
    count: int
    soft: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def label_y(self) -> float:
        return self.y - 10


@dataclass
class Bin:
    """A number of emails, or the last and all above; `right` when it was measured."""

    word: str
    middle: float
    counts: list[int]
    right: bool
    left: float
    width: float
    bars: list[Bar] = field(default_factory=list)


@dataclass
class Histogram:
    """One or two series in the same bins; `measured` is marked where it is not None.

    With `words` the bins are those, for the numbers from 1 on, and nothing is left out.
    """

    series: list[Series]
    measured: int | None = None
    words: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        """Return how many predicted in the last series."""
        return self.series[-1].people

    @property
    def right(self) -> int | None:
        """Return how many of the last series said what was measured."""
        if self.measured is None:
            return None
        return self.series[-1].counts.get(self.measured, 0)

    @cached_property
    def bins(self) -> list[Bin]:
        numbers, more = self._numbers()
        step = WIDTH / len(numbers)
        most = max((self._count(s, n, more) for s in self.series for n in numbers), default=0)
        return [self._bin(n, i, step, max(most, 1), more) for i, n in enumerate(numbers)]

    def _numbers(self) -> tuple[list[int], int | None]:
        """Return the number of each bin, and the one that stands for all above it, too."""
        if self.words:
            return list(range(1, len(self.words) + 1)), None
        said = {n for series in self.series for n in series.counts} | {0, 1, 2, 3}
        said |= {self.measured} if self.measured is not None else set()
        if max(said) < MOST:
            return list(range(max(said) + 1)), None
        numbers = sorted(said)
        if len(numbers) <= MOST:
            return numbers, None
        return numbers[:MOST], numbers[MOST - 1]

    def _count(self, series: Series, number: int, more: int | None) -> int:
        if number != more:
            return series.counts.get(number, 0)
        return sum(people for said, people in series.counts.items() if said >= number)

    def _word(self, number: int, more: int | None) -> str:
        if self.words:
            return self.words[number - 1]
        return f"{number}+" if number == more else str(number)

    def _bin(self, number: int, place: int, step: float, most: int, more: int | None) -> Bin:
        counts = [self._count(series, number, more) for series in self.series]
        right = number == self.measured
        if number == more and self.measured is not None:
            right = self.measured >= number
        made = Bin(
            self._word(number, more),
            round(step * (place + 0.5), 1),
            counts,
            right,
            left=round(step * place, 1),
            width=round(step, 1),
        )
        wide = 0.72 * step / len(counts)
        for nth, count in enumerate(counts):
            tall = round(HEIGHT * count / most, 1)
            x = round(step * (place + 0.14) + wide * nth, 1)
            # Two rounds: the first is soft. One: what was not right is, once that is told.
            alone = len(counts) == 1
            soft = self.measured is not None and not right if alone else nth == 0
            bar = Bar(x, round(BOTTOM - tall, 1), round(wide - 2, 1), tall, count, soft)
            made.bars.append(bar)
        return made
