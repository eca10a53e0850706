"""Choose the fix that holds: answer, hardened and decoys, shuffled; the measured ledger decides."""

from __future__ import annotations

from random import Random

from django.core.exceptions import ValidationError
from django.http import QueryDict

from questions.models import Version
from tutor.changes import changes, changes_of_cases
from tutor.facts import Facts, files
from tutor.kinds.base import Grade, Json, Question

NAME = "choose"
TITLE = "choose the fix that holds"
SURE = True
OPTIONS = 4


def make(facts: Facts, rng: Random, seen: set[str]) -> Question | None:
    buggy = facts.buggy
    tries = [version for version in facts.versions.values() if version != buggy]
    if buggy is None or len(tries) < 2:
        return None
    missed = {version.name: len(facts.missed(version)) for version in tries}
    best = min(missed.values())
    right = [version for version in tries if missed[version.name] == best]
    wrong = [version for version in tries if missed[version.name] > best]
    if not wrong:
        return None
    options = [rng.choice(right), *rng.sample(wrong, min(OPTIONS - 1, len(wrong)))]
    rng.shuffle(options)
    ask = {
        "scenario": facts.card.scenario,
        "files": files(buggy),
        "every": best == 0,
        "cases": [case.title for case in facts.cases.values()],
        "options": [
            {
                "letter": chr(ord("A") + n),
                # A try that mends a test, say, changes only what happens.
                "changes": changes(buggy, version)
                or changes_of_cases(buggy, version, facts.cases.values()),
                "files": files(version),
            }
            for n, version in enumerate(options)
        ],
    }
    key = {
        "right": [n for n, version in enumerate(options) if missed[version.name] == best],
        "options": [_measured(facts, version) for version in options],
    }
    return Question(ask, key)


def _measured(facts: Facts, version: Version) -> Json:
    cases, missed = facts.measured(version), facts.missed(version)
    return {
        "title": version.title,
        "kind": version.kind,
        "held": len(cases) - len(missed),
        "of": len(cases),
        "missed": [facts.says(version, case) for case in missed],
    }


def read(post: QueryDict, ask: Json) -> int:
    chosen = post.get("option", "")
    if chosen not in {str(n) for n in range(len(ask["options"]))}:
        raise ValidationError("Choose one of the fixes first.")
    return int(chosen)


def grade(ask: Json, key: Json, answer: int, who: str = "", run_id: str = "") -> Grade:
    chosen, correct = key["options"][answer], answer in key["right"]
    says = [
        f"{ask['options'][answer]['letter']} holds in {chosen['held']} of {chosen['of']} cases."
    ]
    if not correct:
        best = key["right"][0]
        says += chosen["missed"][:3]
        says.append(
            f"{ask['options'][best]['letter']} holds in {key['options'][best]['held']} of them."
        )
    return Grade(correct, float(correct), says)


def said(ask: Json, key: Json, answer: int) -> str:
    return f"{ask['options'][answer]['letter']} “{key['options'][answer]['title']}”"
