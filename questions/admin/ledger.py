"""Claimed beside measured: the ledger that the card page shows for its unsaved form."""

from __future__ import annotations

from dataclasses import dataclass

from questions.card_data import CardData, CaseData, ClaimData
from questions.card_write import claims_text
from questions.ledger import marks
from questions.measured import Measured, differences, measured, meets
from questions.trace import Trace, trace
from sandbox.report import Report


@dataclass(frozen=True)
class Cell:
    """One version in one case: what is claimed, what was measured, and the report."""

    version: str
    case: CaseData
    claim: ClaimData | None
    report: Report
    by_release: bool = False

    @property
    def found(self) -> Measured:
        return measured(self.report)

    @property
    def wrong(self) -> list[str]:
        """Return in words where claim and measurement differ; a cell without a claim says so."""
        if self.claim is None:
            return ["no claim yet"]
        return differences(self.claim, self.found)

    @property
    def met(self) -> bool:
        return meets(self.case, self.report)

    @property
    def take(self) -> str:
        """Return the measured value as a claim's line; one by release is written by hand."""
        if self.by_release:
            return ""
        return claims_text({self.version: self.found.claim(self.claim)}).strip()

    @property
    def trace(self) -> Trace:
        return trace(self.report, marks(self.case, self.report), self.case.wanted)


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
                )
                for v in card.versions
            ),
        )
        for case in card.cases
    ]
