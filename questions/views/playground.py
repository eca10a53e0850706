"""The playground: a program of one's own, run for real in cases of one's own."""

from __future__ import annotations

from typing import Any

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from questions import bank, code, own_runs, tabs
from questions import playground as kept
from questions.card_rows import topics_in_order
from questions.chart import TALL, WIDE, draw
from questions.ledger import Sent, sent
from questions.models import Topic
from questions.own_files import BadName, TooLong, changed
from questions.playground import BEFORE, EMPTY, Draft, edited, of_card, versions, with_cases
from questions.result import Listing, letters, telling
from questions.runs import MINE, Runs, measured
from questions.trace import shown_file, trace
from questions.views.card import open_card
from sandbox.report import Report

HERE = "questions:playground"


@require_http_methods(["GET", "HEAD", "POST"])
def playground(request: HttpRequest) -> HttpResponse:
    """Edit and run; a post keeps the text first, whatever becomes of what it asks for."""
    draft = _kept(request)
    if request.method != "POST":
        return _show(request, draft)
    try:
        draft = edited(draft, request.POST)
        if _is_older(request, draft):
            return _show(request, draft, tabs.ELSEWHERE)
        kept.keep(request, draft)
        return _do(request, draft, request.POST.get("do", ""))
    except TooLong as error:
        # Shown is what was typed, not what was kept before.
        typed = edited(draft, request.POST, whole=False)
        return _show(request, typed, str(error), unsaved=True)
    except BadName as mistake:
        return _show(request, draft, mistake=str(mistake))


@require_POST
def playground_draft(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed, without running it; say in words why it was not kept."""
    try:
        draft = edited(_kept(request), request.POST)
    except TooLong as error:
        return tabs.refused(str(error), tabs.mark(_kept(request)))
    if _is_older(request, draft):
        return tabs.refused(tabs.ELSEWHERE, tabs.mark(_kept(request)))
    kept.keep(request, draft)
    return HttpResponse(status=204, headers={"X-Seen": tabs.mark(draft)})


def _do(request: HttpRequest, draft: Draft, do: str) -> HttpResponse:
    verb = do.partition(":")[0]
    if verb == "run":
        return _run(request, draft)
    if verb == "card":
        return redirect(
            f"{reverse(HERE)}?{urlencode({'card': request.POST.get('card', '')})}#begin"
        )
    if verb in ("begin", "example", "empty", "back"):
        return _replace(request, verb)
    if verb in ("use", "forget"):
        if kept.take(request, do.partition(":")[2], use=verb == "use"):
            words = "The other version is put aside." if verb == "use" else "It is forgotten."
            messages.info(request, words)
        return redirect(HERE)
    if verb in ("case-add", "case-delete"):
        changed_draft = with_cases(draft, do)
        kept.keep(request, changed_draft)
        at = len(changed_draft.cases) if verb == "case-add" else 1
        return redirect(f"{reverse(HERE)}#case-{at}")
    name = request.POST.get(f"to:{do.partition(':')[2]}" if verb == "rename" else "new", "")
    kept.keep(request, msgspec.structs.replace(draft, files=changed(draft.files, do, name)))
    if verb not in ("add", "rename"):
        return redirect(HERE)
    return redirect(f"{reverse(HERE)}?{urlencode({'file': name.strip()})}")


def _run(request: HttpRequest, draft: Draft) -> HttpResponse:
    runs = draft.runs()
    who = request.session.session_key or ""
    runs.run(draft.cells, who=who, run_id=request.POST.get("run_id", ""))
    if runs.trouble:
        return _show(request, draft, runs.trouble)
    return redirect(f"{reverse(HERE)}#result")


def _replace(request: HttpRequest, verb: str) -> HttpResponse:
    """Put something else into the playground; what was in it can be brought back."""
    new = EMPTY if verb == "empty" else Draft()
    if verb == "begin":
        card, visit = open_card(request, request.POST.get("card", ""))
        new = of_card(card, visit, request.POST.get("version", ""))
    if verb == "back":
        new = kept.load(request).before or new
    kept.replace(request, new)
    messages.info(request, BEFORE)
    return redirect(HERE)


def _kept(request: HttpRequest) -> Draft:
    return kept.load(request).draft or Draft()


def _is_older(request: HttpRequest, draft: Draft) -> bool:
    return tabs.is_older(request.POST.get("seen"), _kept(request), draft)


def _show(
    request: HttpRequest,
    draft: Draft,
    trouble: str = "",
    mistake: str = "",
    *,
    unsaved: bool = False,
) -> HttpResponse:
    context: dict[str, Any] = {
        "unsaved": unsaved,
        "draft": draft,
        "trouble": trouble,
        "elsewhere": trouble == tabs.ELSEWHERE,
        "seen": tabs.mark(_kept(request)),
        "mistake": mistake,
        "name": request.POST.get("new", ""),
        "at": request.GET.get("file", ""),
        "case_at": request.GET.get("case", ""),
        "before": kept.load(request).before,
        "earlier": kept.shown_earlier(request, draft),
        "shelves": _shelves(),
    } | _begin(request)
    response = render(request, "questions/playground.html", context | _result(request, draft))
    response["X-Robots-Tag"] = "noindex"
    return response


def _shelves() -> list[tuple[str, list[Any]]]:
    """Return the published cards by their main topic, to choose from."""
    cards = list(bank.published())
    return [
        (topic.name, [card for card in cards if topic in topics_in_order(card)[:1]])
        for topic in Topic.objects.all()
    ]


def _begin(request: HttpRequest) -> dict[str, Any]:
    """Return the card that the address names, and which of its versions may be begun with."""
    if not (slug := request.GET.get("card")):
        return {}
    card, visit = open_card(request, slug)
    return {"card": card, "versions": versions(card, visit), "explained": visit.explained}


def _result(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """Return what the remembered runs of exactly this program did; nothing if there are none."""
    runs = draft.runs()
    runs.recall(draft.cells)
    if not runs.has(draft.cells):
        return {}
    outcomes = [sent(case, MINE, runs.reports[MINE, case.name]) for case in draft.shown_cases()]
    wanted = request.GET.get("case", "")
    first_off = next((each for each in outcomes if not each.ok), outcomes[0])
    cell = next((each for each in outcomes if each.case.name == wanted), first_off)
    stuck = any(own_runs.is_left_out(each.report) for each in outcomes)
    return {
        "outcomes": outcomes,
        "held": sum(each.ok for each in outcomes),
        "starts": not all(_is_early(each.report) for each in outcomes),
        "stuck": own_runs.STUCK if stuck else "",
    } | _way(request, draft, runs, cell)


def _is_early(report: Report) -> bool:
    """Return whether it does not even start; of what took too long that is not known."""
    error = report.error
    return bool(error and error.phase not in ("case", "setup") and report.outcome != "time_limit")


def _way(request: HttpRequest, draft: Draft, runs: Runs, cell: Sent) -> dict[str, Any]:
    """Return one case's emails and how they came about."""
    action = runs.program.cases[cell.case.name] or ""
    sources = {**draft.files, f"case_{cell.case.name}.py": action}
    way = trace(cell.report, cell.marks, cell.wanted, sources)
    asked = request.GET.get("step", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    step = way.step(number or telling(way))
    touched = dict.fromkeys(s.file for s in way.steps if s.file in sources)
    link = f"?case={cell.case.name}"
    return {
        "cell": cell,
        "readable": True,
        "case": cell.case,
        "measured": measured(cell.report),
        "letters": letters(cell, way),
        "trace": way,
        "step": step,
        "link": link,
        "back": f"{link}&step={step.n - 1}" if step and step.n > 1 else "",
        "forward": f"{link}&step={step.n + 1}" if step and step.n < len(way.steps) else "",
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
