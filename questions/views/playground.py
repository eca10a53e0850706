"""The playground: a program of one's own, run for real."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from questions import code
from questions.chart import TALL, WIDE, draw
from questions.fix import TooLong
from questions.ledger import sent
from questions.playground import Draft, edited, of_card
from questions.result import Listing, letters, telling
from questions.runs import MINE, measured
from questions.trace import shown_file, trace
from questions.views.card import open_card

CELL = (MINE, MINE)


@require_http_methods(["GET", "HEAD", "POST"])
def playground(request: HttpRequest) -> HttpResponse:
    """Edit and run; a post keeps the text first, whatever becomes of the run."""
    draft = _load(request)
    if request.method != "POST":
        if slug := request.GET.get("card"):
            return _begin_with(request, slug)
        return _show(request, draft)
    if request.POST.get("do") == "empty":
        return _keep(request, Draft())
    try:
        draft = edited(draft, request.POST)
    except TooLong as error:
        return _show(request, draft, str(error))
    kept = _keep(request, draft)
    if request.POST.get("do") != "run":
        return kept
    runs = draft.runs()
    runs.run(
        [CELL],
        who=request.session.session_key or "",
        run_id=request.POST.get("run_id", ""),
    )
    return _show(request, draft, runs.trouble) if runs.trouble else kept


def _begin_with(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin with a card's code, or with another version of it once that was shown."""
    card, visit = open_card(request, slug)
    wanted = request.GET.get("version", "buggy")
    known = {version.name for version in card.versions.all()}
    version = wanted if wanted in known and visit.explained else "buggy"
    return _keep(request, of_card(card, version, request.GET.get("case", "")))


def _load(request: HttpRequest) -> Draft:
    try:
        return msgspec.convert(request.session.get("playground", {}), Draft)
    except msgspec.ValidationError:
        return Draft()


def _keep(request: HttpRequest, draft: Draft) -> HttpResponse:
    request.session["playground"] = msgspec.to_builtins(draft)
    return redirect("questions:playground")


def _show(request: HttpRequest, draft: Draft, trouble: str = "") -> HttpResponse:
    context: dict[str, Any] = {"draft": draft, "trouble": trouble} | _result(request, draft)
    response = render(request, "questions/playground.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _result(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """Return what the remembered run of exactly this program did; nothing if there is none."""
    runs = draft.runs()
    runs.recall([CELL])
    if CELL not in runs.reports:
        return {}
    case = draft.case()
    cell = sent(case, MINE, runs.reports[CELL])
    sources = {**draft.files, f"case_{MINE}.py": draft.action}
    way = trace(cell.report, cell.marks, cell.wanted, sources)
    wanted = request.GET.get("step", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 0
    step = way.step(number or telling(way))
    touched = dict.fromkeys(s.file for s in way.steps if s.file in sources)
    return {
        "cell": cell,
        "readable": True,
        "case": case,
        "measured": measured(cell.report),
        "letters": letters(cell, way),
        "trace": way,
        "step": step,
        "link": "?at=why",
        "back": f"?step={step.n - 1}" if step and step.n > 1 else "",
        "forward": f"?step={step.n + 1}" if step and step.n < len(way.steps) else "",
        "wide": draw(way, WIDE),
        "tall": draw(way, TALL),
        "listings": [
            Listing(
                shown_file(path),
                path,
                code.lines(sources[path], path),
                step.line if step and step.file == path else None,
            )
            for path in touched
            if path
        ],
    }
