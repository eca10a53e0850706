"""Which version is which: what they did is shown, their code is not."""

from __future__ import annotations

from random import Random

from django.core.exceptions import ValidationError
from django.http import QueryDict

from questions import ledger
from questions.measure import measure
from questions.models import Case, Version
from questions.trace import trace
from sandbox import client
from tutor.changes import changes
from tutor.facts import Facts, action, files
from tutor.kinds.base import Grade, Json, Question, emails, unseen

NAME = "which"
TITLE = "which version is which"
SURE = True
MOST, STEPS = 3, 24


def make(facts: Facts, rng: Random, seen: set[str]) -> Question | None:
    cases = list(facts.cases.values())
    rng.shuffle(cases)
    case = unseen([case for case in cases if _groups(facts, case) > 1][:4], seen, rng)
    if case is None:
        return None
    try:
        reports = measure(facts.card, cases=[case.name])
    except (client.Unavailable, client.Busy):
        return None  # another kind is asked instead
    ways: dict[tuple[str, ...], tuple[Version, list[Json]]] = {}
    for version in rng.sample(list(facts.versions.values()), len(facts.versions)):
        report = reports[version.name, case.name]
        sent = ledger.sent(case, version.name, report)
        steps = trace(report, sent.marks, case.wanted).steps[:STEPS]
        way = [{"d": step.d, "text": step.words.text, "email": bool(step.email)} for step in steps]
        ways.setdefault(tuple(step.words.text for step in steps), (version, way))
    chosen = list(ways.values())[:MOST]
    if len(chosen) < 2:
        return None
    titles = [version.title for version, _ in chosen]
    listed = sorted(titles)
    ask = {
        "scenario": facts.card.scenario,
        "case": {"name": case.name, "title": case.title, "about": case.about},
        "wanted": case.wanted,
        "ways": [{"letter": chr(ord("A") + n), "steps": way} for n, (_, way) in enumerate(chosen)],
        "titles": listed,
    }
    key = {
        "which": [listed.index(title) for title in titles],
        "sent": [facts.emails(version, case) for version, _ in chosen],
        "wanted": case.wanted,
        "row": facts.row(case, [version for version, _ in chosen]),
        "code": [_code(facts, version, case) for version, _ in chosen],
    }
    return Question(ask, key, case.name)


def _code(facts: Facts, version: Version, case: Case) -> Json:
    """Return what the answer shows of a version: its changes, its files, the case if it differs."""
    buggy = facts.buggy or version
    own = action(version, case)
    return {
        "changes": changes(buggy, version),
        "files": files(version),
        "action": own if own != action(buggy, case) else "",
    }


def _groups(facts: Facts, case: Case) -> int:
    """Return how many different numbers the versions send in a case."""
    known = [v for v in facts.versions.values() if (v.name, case.name) in facts.claims]
    return len({facts.emails(version, case) for version in known})


def read(post: QueryDict, ask: Json) -> list[int]:
    given = [post.get(f"which_{n}", "") for n in range(len(ask["ways"]))]
    if any(each not in {str(n) for n in range(len(ask["titles"]))} for each in given):
        raise ValidationError("Choose a version for each letter.")
    if len(set(given)) < len(given):
        raise ValidationError("Each version belongs to one letter.")
    return [int(each) for each in given]


def grade(ask: Json, key: Json, answer: list[int], who: str = "", run_id: str = "") -> Grade:
    hits = sum(said == is_ for said, is_ in zip(answer, key["which"], strict=True))
    says = [f"{hits} of {len(answer)} right."]
    for way, said, is_, sent in zip(ask["ways"], answer, key["which"], key["sent"], strict=True):
        if said != is_:
            titles = f"“{ask['titles'][is_]}”, not “{ask['titles'][said]}”"
            says.append(f"{way['letter']} is {titles}: it sends {emails(sent)}.")
    return Grade(hits == len(answer), hits / len(answer), says)


def said(ask: Json, key: Json, answer: list[int]) -> str:
    pairs = zip(ask["ways"], answer, strict=True)
    return "\n".join(f"{way['letter']} is “{ask['titles'][place]}”" for way, place in pairs)
