"""The last stage of a card: versions side by side, and what the answer cures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from questions import card as parts
from questions.card import File
from questions.diff import Mark, Part, beside, unified
from questions.ledger import Ledger, Sent, ledger, sent
from questions.models import Case, Version
from questions.result import Result

COLUMNS = 3  # buggy, fixed and one hardened version fit beside each other.


@dataclass(frozen=True)
class Cure:
    """One case: what the card's code and its answer sent."""

    case: Case
    before: Sent
    after: Sent


@dataclass(frozen=True)
class Sheet:
    """The versions in columns, file by file, and the files that only one of them has."""

    versions: tuple[Version, ...]
    parts: tuple[Part, ...]
    alone: tuple[tuple[Version, File], ...]
    unified: tuple[tuple[str, tuple[Mark, ...]], ...]


def explanation(result: Result) -> dict[str, Any]:
    """Return all that the last stage shows."""
    versions = result.versions
    decoys = [v for v in result.card.versions.all() if v.kind == Version.Kind.DECOY]
    return {
        "sheet": sheet(versions[:COLUMNS]),
        "more": [(v, sheet([versions[0], v])) for v in versions[COLUMNS:]],
        "decoys": decoys,
        "ledger": result.ledger(),
        "numbers": numbers(result),
        "totals": {total.version.name: total for total in getattr(result.ledger(), "totals", ())},
        "cures": cures(result),
        "ideas": list(enumerate(result.card.ideas)),
        "trouble": result.runs.trouble,
        "busy": result.runs.busy,
    }


def numbers(result: Result) -> Ledger | None:
    """Return what code and answer sent, for somebody who sees the answer before any run."""
    if result.visit.ran and not result.visit.shown or result.ledger() is None:
        return None
    two = [version for version in result.versions if version.name in ("buggy", "fixed")]
    return ledger(two, result.cases, result.runs.reports, list(result.visit.predictions))


def sheet(versions: list[Version]) -> Sheet:
    """Return the versions side by side; the first one is what the others are compared with."""
    texts = [{file.name: file for file in parts.files(version)} for version in versions]
    names = list(dict.fromkeys(name for files in texts for name in files))
    shared = [n for n in names if n in texts[0] or sum(n in files for files in texts) > 1]
    compared = tuple(
        beside(n, _text(texts[0], n) or "", [_text(files, n) for files in texts[1:]])
        for n in shared
    )
    alone = tuple(
        (version, files[n])
        for n in names
        if n not in shared
        for version, files in zip(versions, texts, strict=True)
        if n in files
    )
    pairs = tuple(
        (n, unified(n, _text(texts[0], n) or "", _text(texts[1], n) or ""))
        for n in names
        if len(texts) > 1 and (n in texts[0] or n in texts[1])
    )
    return Sheet(tuple(versions), compared, alone, pairs)


def _text(files: dict[str, File], name: str) -> str | None:
    return files[name].text if name in files else None


def cures(result: Result) -> dict[str, list[Cure]]:
    """Return the cases by what the answer does: cured, kept, left, broken."""
    found: dict[str, list[Cure]] = {"cured": [], "kept": [], "left": [], "broken": []}
    reports = result.runs.reports
    for case in result.cases:
        before, after = reports.get(("buggy", case.name)), reports.get(("fixed", case.name))
        if before is None or after is None:
            continue
        cure = Cure(case, sent(case, "buggy", before), sent(case, "fixed", after))
        kind = {
            (False, True): "cured",
            (True, True): "kept",
            (False, False): "left",
            (True, False): "broken",
        }[cure.before.ok, cure.after.ok]
        found[kind].append(cure)
    return found
