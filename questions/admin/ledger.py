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
        """Return the steps of the run, each with its place."""
        steps = trace(self.report, marks(self.case, self.report), self.case.wanted).steps
        return [
            (step, f"{step.file}:{step.line}" if step.file and step.line else "") for step in steps
        ]


@dataclass(frozen=True)
class Row:
    """One case and its cells, one a version."""

    case: CaseData
    cells: tuple[Cell, ...]


def rows(card: CardData, reports: dict[tuple[str, str], Report]) -> list[Row]:
    """Return the ledger of a card, a row a case, in the card's order."""
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
                    v.files,
                    bool(card.setup.strip()),
                )
                for v in card.versions
            ),
        )
        for case in card.cases
    ]
