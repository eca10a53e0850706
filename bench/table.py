"""Figures, how they are compared with what they must be, and the table that shows them."""

from __future__ import annotations

import statistics
from dataclasses import asdict, dataclass, field


def quantile(values: list[float], share: float) -> float:
    """Return the value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass
class Times:
    """Durations of one kind of run, in ms."""

    ms: list[float] = field(default_factory=list)

    @property
    def least(self) -> float:
        return min(self.ms)

    @property
    def median(self) -> float:
        return statistics.median(self.ms)

    @property
    def p95(self) -> float:
        return quantile(self.ms, 0.95)


@dataclass(frozen=True)
class Figure:
    """One figure: what was measured, in which unit, against which bounds (`must`, `aim`)."""

    name: str
    value: float
    unit: str
    must: float
    aim: float | None = None
    at_least: bool = False

    def meets(self, bound: float) -> bool:
        return self.value >= bound if self.at_least else self.value <= bound

    @property
    def verdict(self) -> str:
        if self.aim is not None and self.meets(self.aim):
            return "aim"
        return "must" if self.meets(self.must) else "MISSED"

    def row(self) -> list[str]:
        sign = "≥" if self.at_least else "≤"
        aim = "" if self.aim is None else f"{sign} {self.aim:.3g} {self.unit}"
        value = f"{self.value:.2f} {self.unit}"
        return [self.name, value, f"{sign} {self.must:.3g} {self.unit}", aim, self.verdict]

    def data(self) -> dict[str, object]:
        return {**asdict(self), "verdict": self.verdict}


def show(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table with columns padded, so that it reads well in a terminal, too."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )
