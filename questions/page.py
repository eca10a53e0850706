"""What the card page shows at each stage; nothing of a later stage is ever in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from questions import bank
from questions.card import action, asked, source, version
from questions.code import shown
from questions.forms import PredictForm
from questions.models import Card
from questions.visits import Visit

STAGES = ("predict", "why", "explain")
LEVERS = ("Predict", "Run", "See why", "Fix", "Rate")
HERE = {"predict": 0, "run": 1, "why": 2, "fix": 3, "explain": 4}


def stage(wanted: str, visit: Visit) -> str:
    """Return the stage to show: the one asked for if it has been reached, else the furthest."""
    reached = {"predict": True, "why": visit.ran, "explain": visit.explained}
    if reached.get(wanted):
        return wanted
    return next(name for name in reversed(STAGES) if reached[name])


def context(request: HttpRequest, card: Card, visit: Visit, stage: str) -> dict[str, Any]:
    """Return what the templates of this stage need."""
    before, after = bank.neighbours(card)
    return {
        "card": card,
        "visit": visit,
        "stage": stage,
        "levers": levers(card, visit, stage),
        "before": before,
        "after": after,
    } | {"predict": predict}[stage](request, card, visit)


def levers(card: Card, visit: Visit, stage: str) -> list[dict[str, Any]]:
    """Return the five steps of a card: their words, whether done, here or to come, and a link."""
    done = [bool(visit.predictions), visit.ran, visit.explained, False, visit.rating is not None]
    stages = ["predict", "why", "why", "", "explain"]
    return [
        {
            "n": i + 1,
            "word": word,
            "here": i == HERE[stage],
            "done": done[i],
            "link": f"{card.get_absolute_url()}?at={stages[i]}" if done[i] and stages[i] else "",
        }
        for i, word in enumerate(LEVERS)
    ]


def predict(request: HttpRequest, card: Card, visit: Visit) -> dict[str, Any]:
    """Return story, code and the questions of the first stage."""
    cases = asked(list(card.cases.all()))
    buggy = version(card, "buggy")
    return {
        "source": source(card),
        "setup": shown(card.setup, "setup.py") if card.setup else (),
        "form": PredictForm(cases),
        "lines": {case.name: shown(action(buggy, case), "case.py") for case in cases},
        "imports": (),
        "related": bank.related(card),
    }
