"""Claimed beside measured: the ledger that the card page shows for its unsaved form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from questions.admin.hint import Hint, hint
from questions.card_data import CardData, CaseData, ClaimData
from questions.card_write import claims_text
from questions.ledger import marks
from questions.measured import Measured, differences, measured, meets, untold
from questions.trace import Step, trace
from questions.verify import NO_PROGRAM
from sandbox.report import Report


@dataclass(frozen=True)
class Cell:
    """One version in one case: what is claimed, what was measured, and the report."""

    version: str
    case: CaseData
    claim: ClaimData | None
    report: Report
    by_release: bool = False
    added: int = 0  # lines put before the text that the author typed
    files: Mapping[str, str] = field(default_factory=dict)  # of the version
    setup: bool = False  # whether there are rows before

    @property
    def found(self) -> Measured:
        return measured(self.report)

    @property
    def wrong(self) -> list[str]:
        """Return in words where claim and measurement differ; a cell without a claim says so."""
        if self.claim is None:
            return ["no claim yet"]
        missing = " and ".join(untold(self.case, self.claim, self.found))
        left_out = [f"leaves out by what it misses the case: {missing}"] if missing else []
        return differences(self.claim, self.found) + left_out

    @property
    def line(self) -> int | None:
        """Return the line of the error, as the author's page counts lines."""
        error = self.report.error
        return self._line(error.file, error.line) if error else None

    def _line(self, file: str | None, line: int | None) -> int | None:
        own = line is not None and file == f"case_{self.case.name}.py"
        return max(1, (line or 0) - self.added) if own else line

    @property
    def hint(self) -> Hint | None:
        """Return what the error often means, in words."""
        return hint(self.report.error, self.files, self.setup)

    @property
    def met(self) -> bool:
        return meets(self.case, self.report)

    @property
    def no_program(self) -> bool:
        """Whether the code does not parse."""
        return self.found.error.endswith(NO_PROGRAM)

    @property
    def take(self) -> str:
        """Return the measured value as a claim's line, or nothing where it is to be thought about.

        A claim by release is written by hand, and code that does not parse is not wrong on purpose.
        """
        if self.by_release or self.no_program:
            return ""
        claim = self.found.claim(self.claim)
        told = {key: getattr(self.found, key) for key in untold(self.case, claim, self.found)}
        return claims_text({self.version: msgspec.structs.replace(claim, **told)}).strip()

    @property
    def way(self) -> list[tuple[Step, str]]:
        """Return the steps of the run, each with its place as the author's page counts lines."""
        steps = trace(self.report, marks(self.case, self.report), self.case.wanted).steps
        return [(step, self._place(step)) for step in steps]

    def _place(self, step: Step) -> str:
        line = self._line(step.file, step.line)
        return f"{step.file}:{line}" if step.file and line else ""


@dataclass(frozen=True)
class Row:
    """One case and its cells, one a version."""

    case: CaseData
    cells: tuple[Cell, ...]


def rows(
    card: CardData, reports: dict[tuple[str, str], Report], added: Mapping[str, int]
) -> list[Row]:
    """Return the ledger of a card, a row a case, in the card's order.

    `added` is how many lines each case has more than its author typed: those that say its intent.
    """
    by_release = {
        (name, case.name) for case in card.cases for name, c in case.claims.items() if c.since
    }
    card = card.on(next((report.django for report in reports.values()), "0"))
    return [
        Row(
            case,
            tuple(
                Cell(
                    v.name,
                    case,
                    case.claims.get(v.name),
                    reports[v.name, case.name],
                    (v.name, case.name) in by_release,
                    0 if f"case_{case.name}.py" in v.files else added.get(case.name, 0),
                    v.files,
                    bool(card.setup.strip()),
                )
                for v in card.versions
            ),
        )
        for case in card.cases
    ]
