"""What the card page shows at each stage; nothing of a later stage is ever in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from questions import bank, result, visits
from questions.admin import who
from questions.card import action, asked, completed_imports, runs, source, version
from questions.code import Line, shown
from questions.explain import explanation
from questions.forms import PredictForm, WordsForm
from questions.models import Card, Case
from questions.result import Result
from questions.visits import Visit

STAGES = ("predict", "why", "explain")
HERE = {"predict": 0, "why": 2, "explain": 3, "fix": 4}


def reached(stage: str, visit: Visit) -> bool:
    """Return whether a learner may see this stage of a card."""
    return {
        "predict": True,
        "why": bool(visit.ran or visit.predictions or visit.explained),
        "explain": visit.explained,
        # Whoever took over a shared run has code to mend before a prediction.
        "fix": bool(visit.ran or visit.predictions or visit.explained or visit.draft),
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
        "may_edit": request.user.is_staff and who.may_edit(request.user, card),
    }
    return shared | MAKERS[stage](request, card, visit, **more)


def levers(card: Card, visit: Visit, stage: str) -> list[dict[str, Any]]:
    """Return the six steps of a card: their words, whether done, here or to come, and a link."""
    page_of = card.get_absolute_url()
    seen = f"{page_of}?at=why" if reached("why", visit) else ""
    explained = f"{page_of}?at=explain" if visit.explained else ""
    steps = [
        ("Predict", bool(visit.predictions), f"{page_of}?at=predict"),
        ("Run", visit.ran, seen),
        ("See why", visit.ran and (visit.explained or stage in ("fix", "explain")), seen),
        ("Say it", bool(visit.words and visit.explained), explained or (seen and f"{seen}#say")),
        ("Fix it", mended(card, visit), reverse("questions:card_fix", args=[card.slug])),
        ("Rate", bool(visit.rating), explained and f"{explained}#rate"),
    ]
    return [
        {
            "n": i + 1,
            "word": word,
            "here": i == HERE[stage],
            "done": done,
            "link": link if i < 4 or reached("fix" if i == 4 else "why", visit) else "",
        }
        for i, (word, done, link) in enumerate(steps)
    ]


def mended(card: Card, visit: Visit) -> bool:
    """Return whether the learner changed the card's code, whatever came of it."""
    buggy = version(card, "buggy")
    return any(buggy is None or buggy.files.get(p) != text for p, text in visit.draft.items())


def predict(
    request: HttpRequest, card: Card, visit: Visit, form: PredictForm | None = None
) -> dict[str, Any]:
    """Return story, code and the questions of the first stage."""
    cases = asked(list(card.cases.all()))
    return {
        "source": source(card),
        "setup": shown(card.setup, "setup.py") if card.setup else (),
        "runs": runs(card),
        "form": form or PredictForm(cases),
        "lines": case_lines(card, cases),
        "imports": completed_imports(card),
        "related": bank.related(card),
    }


def case_lines(card: Card, cases: list[Case]) -> dict[str, tuple[Line, ...]]:
    """Return the lines of code that happen in each case, by its name."""
    buggy = version(card, "buggy")
    return {case.name: shown(action(buggy, case), "case.py") for case in cases}


def to_predict(card: Card, visit: Visit) -> list[Case]:
    """Return the cases whose numbers a learner may still predict."""
    if not visit.ran:
        return asked(list(card.cases.all()))
    found = Result(card, visit, QueryDict())
    found.runs.recall(found.first_cells)
    return [outcome.case for outcome in found.gap().waiting]


def why(
    request: HttpRequest,
    card: Card,
    visit: Visit,
    result: Result | None = None,
    form: PredictForm | None = None,
    typed: WordsForm | None = None,
) -> dict[str, Any]:
    """Return the runs and what they say; cells remembered are not run again."""
    if result is None:
        result = Result(card, visit, request.GET)
        result.runs.recall(result.all_cells)
        needed = [*result.first_cells, result.cell()] if visit.ran else []
        result.runs.fetch(needed)
        shown = result.cell()
        result.runs.fetch([shown] if visit.ran else [])
    waiting = [outcome.case for outcome in result.gap().waiting]
    return shown_result(result) | {
        "form": form or PredictForm(waiting),
        "lines": case_lines(card, waiting),
        "typed": typed,
    }


def shown_result(found: Result) -> dict[str, Any]:
    return {"card": found.card, "visit": found.visit} | result.context(found)


def explain(request: HttpRequest, card: Card, visit: Visit) -> dict[str, Any]:
    """Return the explanation, the versions beside each other, and what the answer cures."""
    found = Result(card, visit, request.GET)
    found.runs.fetch(found.all_cells)
    own = {"mended": mended(card, visit), "cases": found.cases}
    return explanation(found) | rating(request, card, visit, found) | own


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
        "offers": visits.store().offers(request, card, visit, gap.missed, len(gap.said)),
        "before": bank.neighbours(card)[0],
        "after": bank.neighbours(card)[1],
        "standing": visits.store().standings(request, [card]).get(card.pk),
    }


def open_hint(request: HttpRequest, card: Card, visit: Visit) -> None:
    """Open one more hint, unless the page that asks had not seen the last one."""
    if request.POST.get("have") == str(visit.hints) and visit.hints < len(card.hints):
        visit.hints += 1
        visits.store().save(request, card, visit)


def hints(card: Card, visit: Visit) -> dict[str, Any]:
    """Return the hints opened so far."""
    return {"card": card, "visit": visit, "hints": card.hints[: visit.hints]}


MAKERS: dict[str, Callable[..., dict[str, Any]]] = {
    "predict": predict,
    "why": why,
    "explain": explain,
}
