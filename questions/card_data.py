"""A card as plain data: what a folder, a zip, a revision and the database all hold."""

from __future__ import annotations

import hashlib
import re
from typing import Any, TypeVar

import msgspec

from sandbox.program import Program

T = TypeVar("T")
KINDS = ("buggy", "fixed", "hardened", "decoy")
STATUSES = ("draft", "verified", "published", "retired")
INTENT = re.compile(r"# intent: (\d+)(?: \| (.*))?")
INTENT_RESULT = re.compile(r"# intent-result: (.*)")


class VersionData(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One version; `files` maps relative paths to text, its own cases and project.json included."""

    name: str
    kind: str
    title: str
    note: str = ""
    files: dict[str, str] = {}


class ClaimData(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is claimed of one version in one case; None is not claimed, error "" claims none.

    `since` gives, by Django's feature release ("6.1"), the claim that holds from it on instead.
    """

    emails: int
    recipients: int | None = None
    to: list[str] | None = None
    subjects: list[str] | None = None
    error: str = ""
    result: Any = None
    since: dict[str, ClaimData] = {}

    def on(self, django: str) -> ClaimData:
        """Return the claim that holds on this version of Django: the latest one not after it."""
        return latest(self.since, django) or self


class CaseData(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One case; `claims` by version name; an empty `action` runs a snippet's own lines."""

    name: str
    title: str
    wanted: int
    about: str = ""
    action: str = ""
    wanted_to: list[str] | None = None
    wanted_subjects: list[str] | None = None
    wanted_result: Any = None
    predict: bool = False
    claims: dict[str, ClaimData] = {}


class CardData(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Everything an author writes about a card; learners and dates are no part of it."""

    slug: str
    number: int
    title: str
    topics: list[str]
    difficulty: int
    scenario: str
    question: str
    explanation: str
    status: str = "published"
    answer: str = ""
    lesson: str = ""
    hints: list[str] = []
    ideas: list[str] = []
    references: list[dict[str, str]] = []
    bug_lines: dict[str, list[int]] = {}
    unsolved: str = ""
    newer: dict[str, dict[str, Any]] = {}
    setup: str = ""
    project: dict[str, Any] = {}
    versions: list[VersionData] = []
    cases: list[CaseData] = []

    @property
    def digest(self) -> str:
        """Return the sha256 (hex) over the whole content but its status.

        Defaults are left out, so a key that the format gains later changes no old digest.
        """
        content = msgspec.to_builtins(self)
        content.pop("status", None)
        return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()

    def on(self, django: str) -> CardData:
        """Return the card with the claims that hold on this version of Django."""
        cases = [
            msgspec.structs.replace(
                case, claims={name: claim.on(django) for name, claim in case.claims.items()}
            )
            for case in self.cases
        ]
        return msgspec.structs.replace(self, cases=cases)

    def cured(self, django: str) -> str:
        """Return what this Django makes right by itself: "all", "part" (of the fix) or nothing."""
        cures = {release: said["cures"] for release, said in self.newer.items() if "cures" in said}
        return latest(cures, django) or ""

    def program(self) -> Program:
        """Return the program of this card: all that the sandbox needs of it."""
        return Program(
            name=self.slug,
            versions={version.name: version.files for version in self.versions},
            cases={case.name: case.action or None for case in self.cases},
            setup=self.setup or None,
            project=self.project,
        )


def latest(by_release: dict[str, T], django: str) -> T | None:
    """Return the value of the latest feature release ("6.1") that is not after `django`."""
    here = release(django)
    reached = [name for name in by_release if release(name) <= here]
    return by_release[max(reached, key=release)] if reached else None


def release(django: str) -> tuple[int, ...]:
    """Return the feature release of a version in a form that sorts: "6.1.3" is (6, 1)."""
    return tuple(int(part) for part in re.findall(r"[0-9]+", django)[:2])


def with_intent(case: CaseData) -> str:
    """Return the action with `# intent` lines that say what the case wants, in their places."""
    if not case.action:
        return ""
    lines = case.action.split("\n")
    said = f"# intent: {case.wanted} | {case.about or case.title}"
    wanted = INTENT.fullmatch(lines[0])
    if wanted is None:
        lines.insert(0, said)
    elif int(wanted[1]) != case.wanted:
        lines[0] = said
    has_result = len(lines) > 1 and INTENT_RESULT.fullmatch(lines[1])
    if has_result and case.wanted_result is None:
        del lines[1]
    if case.wanted_result is not None:
        text = f"# intent-result: {msgspec.json.encode(case.wanted_result).decode()}"
        if not has_result:
            lines.insert(1, text)
        elif msgspec.json.decode(has_result[1]) != case.wanted_result:
            lines[1] = text
    return "\n".join(lines)
