"""Predict the whole row: one case, several versions, a number for each."""

from __future__ import annotations

from random import Random

from django.http import QueryDict

from questions.models import Case, Version
from tutor.changes import changes
from tutor.facts import Facts, action, files
from tutor.kinds.base import Grade, Json, Question, emails, unseen, whole_number

NAME = "row"
TITLE = "predict the whole row"
SURE = True
COLUMNS = 4


def make(facts: Facts, rng: Random, seen: set[str]) -> Question | None:
    buggy = facts.buggy
    others = [version for version in facts.versions.values() if version != buggy]
    if buggy is None or not others:
        return None
    chosen = rng.sample(others, min(COLUMNS - 1, len(others)))
    cases = [case for case in facts.measured(buggy) if _differ(facts, case, [buggy, *chosen])]
    case = unseen(cases, seen, rng)
    if case is None:
        return None
    versions = [buggy, *chosen]
    ask = {
        "scenario": facts.card.scenario,
        "files": files(buggy),
        "setup": facts.card.setup,
        "case": {"name": case.name, "title": case.title, "about": case.about},
        "action": action(buggy, case),
        "columns": [{"letter": "A", "own": True, "changes": []}]
        + [_column(facts, buggy, each, case, n) for n, each in enumerate(chosen, start=1)],
    }
    row = facts.row(case, versions)
    numbers = [cell["emails"] for cell in row]
    return Question(ask, {"emails": numbers, "wanted": case.wanted, "row": row}, case.name)


def _differ(facts: Facts, case: Case, versions: list[Version]) -> bool:
    known = all((version.name, case.name) in facts.claims for version in versions)
    return known and len({facts.emails(version, case) for version in versions}) > 1


def _column(facts: Facts, buggy: Version, version: Version, case: Case, place: int) -> Json:
    own = action(version, case)
    return {
        "letter": chr(ord("A") + place),
        "own": False,
        "changes": changes(buggy, version),
        "action": own if own != action(buggy, case) else "",
    }


def read(post: QueryDict, ask: Json) -> list[int]:
    return [whole_number(post.get(f"emails_{n}")) for n in range(len(ask["columns"]))]


def grade(ask: Json, key: Json, answer: list[int], who: str = "", run_id: str = "") -> Grade:
    pairs = list(zip(ask["columns"], key["emails"], answer, strict=True))
    hits = sum(sent == said for _, sent, said in pairs)
    says = [
        f"{column['letter']}: you said {said}, it sent {emails(sent)}."
        for column, sent, said in pairs
        if sent != said
    ]
    return Grade(hits == len(pairs), hits / len(pairs), [f"{hits} of {len(pairs)} right.", *says])


def said(ask: Json, key: Json, answer: list[int]) -> str:
    pairs = zip(ask["columns"], key["row"], answer, strict=True)
    return "\n".join(
        f"{column['letter']} “{cell['title']}”: {said}, it sent {cell['emails']}"
        for column, cell, said in pairs
    )
