"""What a report says in a claim's terms, and whether a claim holds or a case is met."""

from __future__ import annotations

from typing import Any

import msgspec

from questions.card_data import CaseData, ClaimData
from questions.ledger import recipients, sent
from questions.models import Case
from questions.own_runs import is_left_out
from sandbox.report import Report

LIMITS = ("time_limit", "memory_limit", "output_limit", "crashed", "refused")


class Measured(msgspec.Struct, frozen=True):
    """What a claim can be compared with; `to` and `subjects` are sorted, one string an email.

    `error` is "phase:Type", a limit or ""; `result` is the case's RESULT.
    """

    emails: int
    recipients: int
    to: list[str]
    subjects: list[str]
    error: str
    result: Any

    def claim(self, like: ClaimData | None = None) -> ClaimData:
        """Return this as a claim; it says no more than `like`, or as little as is telling."""
        if like is None:
            plain = self.recipients == self.emails
            count = None if plain else self.recipients
            return ClaimData(self.emails, recipients=count, error=self.error, result=self.result)
        return ClaimData(
            emails=self.emails,
            recipients=None if like.recipients is None else self.recipients,
            to=None if like.to is None else self.to,
            subjects=None if like.subjects is None else self.subjects,
            error=self.error,
            result=None if like.result is None else self.result,
        )


def measured(report: Report) -> Measured:
    """Return a report in the terms of a claim."""
    return Measured(
        emails=report.emails_sent,
        recipients=report.recipients,
        to=sorted(recipients(email) for email in report.emails),
        subjects=sorted(email.subject for email in report.emails),
        error=error_of(report),
        result=report.result,
    )


def error_of(report: Report) -> str:
    """Return how a run ended: "phase:Type", the limit that ended it, or empty."""
    if is_left_out(report):
        return "not run"
    if report.outcome in LIMITS:
        return report.outcome
    return f"{report.error.phase}:{report.error.type}" if report.error else ""


def differences(claim: ClaimData, found: Measured) -> list[str]:
    """Return in words what was measured otherwise than claimed; empty when the claim holds."""
    said = []
    if claim.error != found.error:
        said.append(f"claims {claim.error or 'no error'}, measured {found.error or 'no error'}")
    if claim.emails != found.emails:
        said.append(f"claims {emails(claim.emails)}, measured {found.emails}")
    if claim.recipients not in (None, found.recipients):
        said.append(f"claims {claim.recipients} recipients, measured {found.recipients}")
    if claim.to is not None and sorted(claim.to) != found.to:
        said.append(f"claims emails to {people(sorted(claim.to))}, measured {people(found.to)}")
    if claim.subjects is not None and sorted(claim.subjects) != found.subjects:
        said.append(f"claims {quoted(sorted(claim.subjects))}, measured {quoted(found.subjects)}")
    if claim.result is not None and not same(claim.result, found.result):
        said.append(f"claims the result {json(claim.result)}, measured {json(found.result)}")
    return said


def meets(case: CaseData, report: Report) -> bool:
    """Return whether the run did what the case wants, as the ledger says it."""
    return sent(case, report.version, report).ok


def claims_to_meet(case: CaseData | Case, claim: ClaimData) -> bool:
    """Return whether a claim says that the case is met; what it leaves out is taken as wanted.

    `verify` refuses a claim that leaves out what would have told otherwise.
    """
    if claim.error or claim.emails != case.wanted:
        return False
    pairs = [
        (case.wanted_to, claim.to),
        (case.wanted_subjects, claim.subjects),
        (case.wanted_result, claim.result),
    ]
    return all(None in (want, said) or same(want, said) for want, said in pairs)


def untold(case: CaseData, claim: ClaimData, found: Measured) -> list[str]:
    """Return the keys ("to", "subjects", "result") by which a case is missed, left out here."""
    if not claims_to_meet(case, claim):
        return []
    wanted = {"to": case.wanted_to, "subjects": case.wanted_subjects, "result": case.wanted_result}
    return [
        key
        for key, want in wanted.items()
        if want is not None and not same(want, getattr(found, key))
    ]


def same(a: Any, b: Any) -> bool:
    """Compare JSON values strictly: true is not 1."""
    return json(a) == json(b)


def emails(count: int) -> str:
    """Return "1 email", "2 emails"."""
    return f"{count} email{'' if count == 1 else 's'}"


def people(to: list[str]) -> str:
    """Return recipients as words."""
    return "; ".join(to) or "nobody"


def quoted(subjects: list[str]) -> str:
    """Return subjects as words."""
    return ", ".join(f"“{subject}”" for subject in subjects) or "no subject"


def json(value: Any) -> str:
    """Return a value as JSON with sorted keys."""
    return msgspec.json.encode(value, order="sorted").decode()
