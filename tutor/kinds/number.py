"""Predict the number: how many emails does this code send in this case?"""

from __future__ import annotations

from random import Random

from django.http import QueryDict

from questions.models import Case, Version
from tutor.facts import Facts, action, files
from tutor.kinds.base import Grade, Json, Question, emails, unseen, whole_number

NAME = "number"
TITLE = "predict the number"
SURE = True


def make(facts: Facts, rng: Random, seen: set[str]) -> Question | None:
    version = facts.buggy
    # A plausible wrong fix now and then: whoever knows the card's own numbers must think.
    if (decoys := facts.of_kind(Version.Kind.DECOY)) and rng.random() < 0.25:
        version = rng.choice(decoys)
    if version is None:
        return None
    cases = facts.measured(version)
    # Cases with a surprise stand in the hat twice.
    case = unseen(cases + [c for c in cases if not facts.meets(version, c)], seen, rng)
    return question(facts, version, case) if case else None


def question(facts: Facts, version: Version, case: Case) -> Question:
    """Return the question how many emails this version sends in this case."""
    claim = facts.claims[version.name, case.name]
    ask = {
        "scenario": facts.card.scenario,
        "files": files(version),
        "setup": facts.card.setup,
        "case": {"name": case.name, "title": case.title, "about": case.about},
        "action": action(version, case),
        "decoy": version.kind == Version.Kind.DECOY,
    }
    key = {
        "emails": claim.emails,
        "error": claim.error,
        "wanted": case.wanted,
        "version": version.name,
        "row": facts.row(case),
    }
    return Question(ask, key, case.name)


def read(post: QueryDict, ask: Json) -> int:
    return whole_number(post.get("emails"))


def grade(ask: Json, key: Json, answer: int, who: str = "", run_id: str = "") -> Grade:
    sent = f"It sent {emails(key['emails'])}"
    if key["error"]:
        sent += f" and stopped with {key['error'].rpartition(':')[2]}"
    correct = answer == key["emails"]
    wanted = "as wanted" if key["emails"] == key["wanted"] else f"wanted is {key['wanted']}"
    return Grade(correct, float(correct), [f"{sent}; {wanted}."])


def said(ask: Json, key: Json, answer: int) -> str:
    return emails(answer)
