"""What the card page shows at each stage; nothing of a later stage is ever in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from questions import bank, result, visits
from questions.card import action, asked, completed_imports, source, version
from questions.code import shown
from questions.explain import explanation
from questions.forms import PredictForm
from questions.models import Card
from questions.result import Result
from questions.visits import Visit

STAGES = ("predict", "why", "explain")
LEVERS = ("Predict", "Run", "See why", "Fix", "Rate")
HERE = {"predict": 0, "run": 1, "why": 2, "fix": 3, "explain": 4}


def reached(stage: str, visit: Visit) -> bool:
    """Return whether a learner may see this stage of a card."""
    return {
        "predict": True,
        "why": bool(visit.ran or visit.predictions or visit.explained),
        "explain": visit.explained,
    }.get(stage, False)


def stage(wanted: str, visit: Visit) -> str:
    """Return the stage to show: the one asked for if it has been reached, else the furthest."""
    if reached(wanted, visit):
        return wanted
    return next(name for name in reversed(STAGES) if reached(name, visit))


def context(
    request: HttpRequest, card: Card, visit: Visit, stage: str, **more: Any
) -> dict[str, Any]:
    """Return what the templates of this stage need; `more` is a form or result made already."""
    before, after = bank.neighbours(card)
    shared = {
        "card": card,
        "visit": visit,
        "stage": stage,
        "levers": levers(card, visit, stage),
        "before": before,
        "after": after,
    }
    return shared | MAKERS[stage](request, card, visit, **more)


def levers(card: Card, visit: Visit, stage: str) -> list[dict[str, Any]]:
    """Return the five steps of a card: their words, whether done, here or to come, and a link."""
    done = [
        bool(visit.predictions),
        visit.ran,
        visit.explained,
        bool(visit.draft),
        bool(visit.rating),
    ]
    stages = ["predict", "why", "why", "fix", "explain"]
    return [
        {
            "n": i + 1,
            "word": word,
            "here": i == HERE[stage],
            "done": done[i],
            "link": _lever_link(card, visit, stages[i]),
        }
        for i, word in enumerate(LEVERS)
    ]


def _lever_link(card: Card, visit: Visit, stage: str) -> str:
    """Return where a lever leads, empty when that stage has not been reached."""
    if stage == "fix":
        return reverse("questions:card_fix", args=[card.slug]) if reached("why", visit) else ""
    return f"{card.get_absolute_url()}?at={stage}" if reached(stage, visit) else ""


def predict(
    request: HttpRequest, card: Card, visit: Visit, form: PredictForm | None = None
) -> dict[str, Any]:
    """Return story, code and the questions of the first stage."""
    cases = asked(list(card.cases.all()))
    buggy = version(card, "buggy")
    return {
        "source": source(card),
        "setup": shown(card.setup, "setup.py") if card.setup else (),
        "form": form or PredictForm(cases),
        "lines": {case.name: shown(action(buggy, case), "case.py") for case in cases},
        "imports": completed_imports(card),
        "related": bank.related(card),
    }


def why(
    request: HttpRequest, card: Card, visit: Visit, result: Result | None = None
) -> dict[str, Any]:
    """Return the runs and what they say; cells remembered are not run again."""
    if result is None:
        result = Result(card, visit, request.GET)
        result.runs.recall(result.all_cells)
        needed = [*result.first_cells, result.cell()] if visit.ran else []
        result.runs.fetch(needed)
        shown = result.cell()
        result.runs.fetch([shown] if visit.ran else [])
    return shown_result(result)


def shown_result(found: Result) -> dict[str, Any]:
    return {"card": found.card, "visit": found.visit} | result.context(found)


def explain(request: HttpRequest, card: Card, visit: Visit) -> dict[str, Any]:
    """Return the explanation, the versions beside each other, and what the answer cures."""
    found = Result(card, visit, request.GET)
    found.runs.fetch(found.all_cells)
    return explanation(found) | rating(request, card, visit, found)


def rating(
    request: HttpRequest, card: Card, visit: Visit, found: Result | None = None
) -> dict[str, Any]:
    """Return the four ratings, the one offered by what was measured, and the card after."""
    if found is None:
        found = Result(card, visit, request.GET)
        found.runs.recall(found.first_cells)
    gap = found.gap()
    return {
        "card": card,
        "visit": visit,
        "gap": gap,
        "offers": visits.store().offers(request, card, visit, gap.missed),
        "after": bank.neighbours(card)[1],
    }


def hints(card: Card, visit: Visit) -> dict[str, Any]:
    """Return the hints opened so far."""
    return {"card": card, "visit": visit, "hints": card.hints[: visit.hints]}


MAKERS: dict[str, Callable[..., dict[str, Any]]] = {
    "predict": predict,
    "why": why,
    "explain": explain,
}
