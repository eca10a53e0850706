"""The learner's own fix of a card: edit, run in every case, compare."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, retarget

from questions import earlier, page, playground, tabs, visits
from questions.card import action, named, version
from questions.code import shown
from questions.fix import Attempt, rows, summary
from questions.models import Card
from questions.own_files import BadName, TooLong, changed, checked, put_back
from questions.runs import MINE
from questions.views.card import is_htmx, open_card
from questions.visits import Visit
from sandbox.program import AS_WRITTEN


@require_http_methods(["GET", "HEAD", "POST"])
def card_fix(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the editor; a post keeps the text first, whatever becomes of the run."""
    card, visit = open_card(request, slug)
    if not page.reached("fix", visit):
        messages.info(request, "Predict first: you fix the code once you have seen what it does.")
        return redirect(card)
    if request.method != "POST":
        return _show(request, card, visit)
    trouble = _keep(request, card, visit)
    do = request.POST.get("do") or _entered(request, card, visit)
    if do and not trouble:
        return _file(request, card, visit, do)
    unsaved = bool(trouble)
    typed = _typed(request, card, visit) if trouble else {}
    attempt = Attempt(card, {**visit.draft, **typed})
    if not trouble:
        attempt.run(who=_who(request), run_id=request.POST.get("run_id", ""))
        trouble = attempt.runs.trouble
    if not trouble and attempt.changed:
        visits.store().tried(request, card, attempt.own(), attempt.outcomes())
    if trouble or is_htmx(request):
        return _show(request, card, visit, attempt, trouble, unsaved=unsaved)
    return redirect(f"{reverse('questions:card_fix', args=[slug])}#result")


@require_POST
def card_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what is being typed, without running it; say in words why it was not kept."""
    card, visit = open_card(request, slug)
    if trouble := _keep(request, card, visit):
        mark = Attempt(card, visit.draft).mark
        return tabs.refused(trouble, mark)
    return HttpResponse(status=204, headers={"X-Seen": Attempt(card, visit.draft).mark})


@require_POST
def card_reset(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin again with the card's code; the learner's text is put aside."""
    card, visit = open_card(request, slug)
    earlier.put_aside(visit)
    visits.store().save(request, card, visit)
    return redirect("questions:card_fix", slug)


def _keep(request: HttpRequest, card: Card, visit: Visit) -> str:
    """Keep the files of the form as the draft; return what is wrong with them, if anything."""
    try:
        typed = checked(_typed(request, card, visit))
    except TooLong as error:
        return str(error)
    before = Attempt(card, visit.draft).files
    if tabs.is_older(request.POST.get("seen"), before, {**before, **typed}):
        return tabs.ELSEWHERE
    visit.draft = {**visit.draft, **typed}
    visits.store().save(request, card, visit)
    return ""


def _entered(request: HttpRequest, card: Card, visit: Visit) -> str:
    """Return what Enter in the name of a file means without scripts: there it presses Run."""
    if is_htmx(request):
        return ""
    if request.POST.get("new", "").strip():
        return "add"
    for path in Attempt(card, visit.draft).files:
        if request.POST.get(f"to:{path}", named(path)).strip() != named(path):
            return f"rename:{path}"
    return ""


def _file(request: HttpRequest, card: Card, visit: Visit, do: str) -> HttpResponse:
    """Add, rename, delete a file or put one back; then the editor is shown with its files."""
    attempt = Attempt(card, visit.draft)
    verb, _, path = do.partition(":")
    if verb == "hint":
        page.open_hint(request, card, visit)
        return redirect(f"{reverse('questions:card_fix', args=[card.slug])}#hints")
    if verb == "playground":
        playground.replace(request, playground.of_card(card, visit, MINE))
        messages.info(request, playground.BEFORE)
        address = reverse("questions:playground")
        return HttpResponseClientRedirect(address) if is_htmx(request) else redirect(address)
    if verb in ("use", "forget"):
        return _take(request, card, visit, path, use=verb == "use")
    name = request.POST.get(f"to:{path}" if verb == "rename" else "new", "")
    texts = earlier.deleted(visit)
    try:
        if verb == "back":
            text, name = texts.get(path, attempt.original.get(path)), named(path)
            files = put_back(attempt.files, path, text)
        else:
            files = changed(attempt.files, do, name)
    except BadName as mistake:
        return _show(request, card, visit, mistake=str(mistake), name=name)
    taken = {path: attempt.files[path]} if verb == "delete" and path in attempt.files else {}
    gone = {old: text for old, text in {**texts, **taken}.items() if old not in files}
    earlier.keep_deleted(visit, gone)
    visit.draft = attempt.draft(files)
    visits.store().save(request, card, visit)
    at = reverse("questions:card_fix", args=[card.slug])
    address = at if verb == "delete" else f"{at}?{urlencode({'file': name.strip()})}"
    return HttpResponseClientRedirect(address) if is_htmx(request) else redirect(address)


def _gone(attempt: Attempt, visit: Visit) -> list[tuple[str, bool]]:
    """Return the deleted files that can be put back, and whether what was typed comes back."""
    texts = {**dict.fromkeys(attempt.gone), **earlier.deleted(visit)}
    return [
        (path, text not in (None, attempt.original.get(path)))
        for path, text in texts.items()
        if path not in attempt.files
    ]


def _take(request: HttpRequest, card: Card, visit: Visit, mark: str, *, use: bool) -> HttpResponse:
    """Put a version that was put aside in the place of the draft, or forget it."""
    taken = earlier.take(visit, mark, use=use)
    if taken:
        visits.store().save(request, card, visit)
        messages.info(request, "The other version is put aside." if use else "It is forgotten.")
    address = reverse("questions:card_fix", args=[card.slug])
    return HttpResponseClientRedirect(address) if is_htmx(request) else redirect(address)


def _typed(request: HttpRequest, card: Card, visit: Visit) -> dict[str, str]:
    """Return the files of the form that are the learner's by now, by path."""
    known = Attempt(card, visit.draft).files
    return {p: request.POST[f"file:{p}"] for p in known if f"file:{p}" in request.POST}


def _show(
    request: HttpRequest,
    card: Card,
    visit: Visit,
    attempt: Attempt | None = None,
    trouble: str = "",
    mistake: str = "",
    name: str = "",
    *,
    unsaved: bool = False,
) -> HttpResponse:
    attempt = attempt or Attempt(card, visit.draft)
    context: dict[str, Any] = {
        "card": card,
        "visit": visit,
        "levers": page.levers(card, visit, "fix"),
        "seen_why": page.reached("why", visit),
        "attempt": attempt,
        "trouble": trouble,
        "unsaved": unsaved,
        "elsewhere": trouble == tabs.ELSEWHERE,
        "seen": Attempt(card, visit.draft).mark,
        "mistake": mistake,
        "name": name,
        "at": request.GET.get("file", ""),
        "busy": attempt.runs.busy,
        "setup": shown(card.setup, "setup.py") if card.setup else (),
        "case_lines": [
            (case, shown(action(version(card, "buggy"), case), "case.py")) for case in attempt.cases
        ],
        "earlier": earlier.shown(card, visit, attempt),
        "gone": _gone(attempt, visit),
        "hints": card.hints[: visit.hints],
        "changed": attempt.against(attempt.buggy),
        "answer": attempt.against(version(card, "fixed")) if visit.explained else None,
    } | _last(attempt)
    if not is_htmx(request):
        return render(request, "questions/card_fix.html", context)
    if mistake:
        return retarget(render(request, "questions/_own_files.html", context), "#files")
    return render(request, "questions/_fix_result.html", context)


def _last(attempt: Attempt) -> dict[str, Any]:
    """Return the remembered run; without a file that is still empty if there is none with it."""
    if attempt.recall():
        return _measured(attempt)
    empty = [p for p, text in attempt.files.items() if not text and p not in attempt.original]
    files = {path: text for path, text in attempt.files.items() if path not in empty}
    before = Attempt(attempt.card, attempt.draft(files))
    if not empty or not before.recall():
        return {}
    return _measured(before) | {"without": [named(path) for path in empty]}


def _measured(attempt: Attempt) -> dict[str, Any]:
    outcomes = attempt.outcomes()
    return {
        "outcomes": outcomes,
        "rows": rows(attempt, outcomes),
        "summary": summary(outcomes),
        "error": attempt.error(),
        "stuck": attempt.stuck,
        "ran": sum(outcome.ran for outcome in outcomes),
        "like": attempt.likeness(),
        "holds": all(outcome.ok for outcome in outcomes),
        "beyond": attempt.beyond(),
        "breaks": attempt.breaks(),
        "undriven": AS_WRITTEN if attempt.undriven and not attempt.buried else "",
        "buried": attempt.buried,
    }


def _who(request: HttpRequest) -> str:
    return request.session.session_key or request.META.get("REMOTE_ADDR", "")
