"""A card as plain data: what a folder, a zip, a revision and the database all hold."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import msgspec

from sandbox.program import Program

KINDS = ("buggy", "fixed", "hardened", "decoy")
STATUSES = ("draft", "verified", "published", "retired")
INTENT = re.compile(r"# intent: (\d+)(?: \| (.*))?")
INTENT_RESULT = re.compile(r"# intent-result: (.*)")


class VersionData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version; `files` maps relative paths to text, its own cases and project.json included."""

    name: str
    kind: str
    title: str
    note: str = ""
    files: dict[str, str] = {}


class ClaimData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is claimed of one version in one case; None is not claimed, error "" claims none."""

    emails: int
    recipients: int | None = None
    to: list[str] | None = None
    error: str = ""
    result: Any = None


class CaseData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
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


class CardData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
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
    setup: str = ""
    project: dict[str, Any] = {}
    versions: list[VersionData] = []
    cases: list[CaseData] = []

    @property
    def digest(self) -> str:
        """Return the sha256 (hex) over the whole content but its status."""
        content = msgspec.to_builtins(self)
        del content["status"]
        return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()

    def program(self) -> Program:
        """Return the program of this card: all that the sandbox needs of it."""
        return Program(
            name=self.slug,
            versions={version.name: version.files for version in self.versions},
            cases={case.name: case.action or None for case in self.cases},
            setup=self.setup or None,
            project=self.project,
        )


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
