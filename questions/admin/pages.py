"""Pages beside the stock ones: run the unsaved form, preview Markdown, change the state."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial, wraps
from itertools import chain, count
from typing import Any

import msgspec
from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.utils import pretty_name
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from questions import own_runs, runs
from questions.admin import exports, imports, ledger, proof, revisions, who
from questions.admin.forms import card_data, made_whole
from questions.card_data import CardData
from questions.card_load import write
from questions.check import mistakes
from questions.markdown import render as render_markdown
from questions.models import Card, CardFlag
from questions.verify import Verdict
from sandbox import client
from sandbox.client import Busy, Unavailable
from sandbox.report import Report

LONGEST_TEXT = 64 * 1024
NO_CLAIM = re.compile(r"cases › (\S+) › claims: no claim")
T = "admin/questions/card/"


def urls(admin: Any) -> list[URLPattern]:
    """Return the patterns of these pages, each behind the admin's own door."""

    def page(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(admin, request, *args, **kwargs)

        found = wrapped if view in TO_LOOK_AT else require_POST(wrapped)
        return path(route, admin.admin_site.admin_view(found), name=f"questions_card_{name}")

    one = "<int:pk>/"
    return [
        page("import/", imports.bring, "import"),
        page(f"{one}export/<slug:kind>/", exports.export, "export"),
        page("markdown/", markdown, "markdown"),
        page("add/run/", run, "add_run"),
        page(f"{one}run/", run, "run"),
        page(f"{one}check/", check, "check"),
        *(page(f"{one}{name}/", view, name) for name, view in STATES.items()),
        page(f"{one}retire/", retire, "retire"),
        page(f"{one}revisions/<int:revision>/", revisions.revision, "revision"),
        page(f"{one}revisions/<int:revision>/check/", revisions.check, "revision_check"),
    ]


def partial_named(
    view: Callable[..., HttpResponseBase], to: str
) -> Callable[..., HttpResponseBase]:
    """Return the view with `to` given; the decorators of the view stay."""
    found = partial(view, to=to)
    found.__name__ = to  # type: ignore[attr-defined]
    return found


def editable(request: HttpRequest, pk: int) -> Card:
    """Return the card if this user may change it; else 404, or 403 for one that is only read."""
    card = get_object_or_404(who.visible(Card.objects.with_content(), request.user), pk=pk)
    if not who.may_edit(request.user, card):
        raise PermissionDenied
    return card


def change_url(card: Card) -> str:
    """Return the address of the card's change page."""
    return reverse("admin:questions_card_change", args=[quote(card.pk)])


def markdown(admin: Any, request: HttpRequest) -> HttpResponse:
    """Answer with the HTML of a Markdown text, as a learner would see it."""
    if not who.may_edit(request.user, None):
        raise PermissionDenied
    return HttpResponse(render_markdown(request.POST.get("text", "")[:LONGEST_TEXT]))


def run(admin: Any, request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """Run the card of the unsaved form: every version in every case, claimed beside measured.

    With X-Part the answer is one JSON object a line: progress, then the result as HTML.
    """
    card = editable(request, pk) if pk else None
    if not who.may_edit(request.user, card):
        raise PermissionDenied
    data, whole, wrong = _of_form(admin, request, card)
    part = request.headers.get("X-Part") == "run"
    context = {**admin.admin_site.each_context(request), "title": "Run", "card": card}
    context |= {"wrong": wrong, "part": part, "whole": whole}
    steps = _measuring(data, context, request.POST.get("run_id", "")) if data else iter(())
    if part:
        return proof.streamed(_told(request, context, steps))
    list(steps)
    return render(request, f"{T}run.html", context)


def _told(
    request: HttpRequest, context: dict[str, Any], steps: Iterator[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    yield from steps
    yield {"html": render_to_string(f"{T}_run.html", context, request)}


def _of_form(
    admin: Any, request: HttpRequest, card: Card | None
) -> tuple[CardData | None, dict[str, str], list[str]]:
    """Return the card of the posted form and made_whole, or what is wrong with the form."""
    form = admin.get_form(request, card, change=bool(card))(request.POST, instance=card or Card())
    formsets, _ = admin._create_formsets(request, form.instance, change=bool(card))
    form.is_valid()
    versions, cases = formsets
    cases.clean = lambda: None  # what a published card needs is asked when it is saved
    wrong = [
        f"{form.fields[k].label or pretty_name(k)}: {e}"
        for k, es in form.errors.items()
        if k in form.fields
        for e in es
    ]
    for formset, word in ((versions, "Version"), (cases, "Case")):
        formset.is_valid()
        for number, one in enumerate(formset.forms, 1):
            name = one["name"].value() or number
            wrong += [
                f"{word} {name}{_label(one, k)}: {e}" for k, es in one.errors.items() for e in es
            ]
        wrong += list(formset.non_form_errors())
    # A slug or number in use is no reason not to run.
    wrong = [text for text in wrong if "already exists" not in text]
    if wrong:
        return None, {}, wrong
    form.cleaned_data.setdefault("number", 0)
    form.cleaned_data.setdefault("slug", "draft")
    return card_data(form, versions, cases), made_whole(cases), []


def _label(form: Any, key: str) -> str:
    """Return the words before a field of an inline, after its row's name; nothing for the row."""
    if key not in form.fields:
        return ""
    return f", {form.fields[key].label or pretty_name(key)}"


def _unclaimed(text: str) -> str:
    """Return the case that lacks nothing but claims, by this mistake; they can be taken."""
    found = NO_CLAIM.match(text)
    return found[1] if found else ""


def _measuring(data: CardData, context: dict[str, Any], run_id: str) -> Iterator[dict[str, Any]]:
    """Run all cells of a card, yielding how far it is; put its ledger, or why not, into context."""
    program = data.program()
    cells = [(v.name, c.name) for c in data.cases for v in data.versions]
    reports: dict[tuple[str, str], Report] = {}
    context |= {"data": data, "lacking": [(text, _unclaimed(text)) for text in mistakes(data)]}
    try:
        # Before the first run is over it is said how many there are.
        yield {"done": 0, "total": len(cells)}
        found = client.run_all((program.job(*cell) for cell in cells), run_id=runs.known(run_id))
        for cell, report in zip(cells, found, strict=True):
            if own_runs.is_stopped(report):
                context["unavailable"] = f"Stopped after {len(reports)} of {len(cells)} runs."
                return
            reports[cell] = report
            yield {"done": len(reports), "total": len(cells)}
    except (Unavailable, Busy) as error:
        context["unavailable"] = str(error)
        return
    rows = ledger.rows(data, reports)
    context |= {
        "rows": rows,
        "versions": data.versions,
        "false": sum(bool(cell.wrong) for row in rows for cell in row.cells),
        "first": next(iter(reports.values()), None),
    }


def verify(admin: Any, request: HttpRequest, pk: int, to: str) -> HttpResponseBase:
    """Verify the saved card, and publish it if that is asked and everything is true.

    With X-Part the answer is one JSON object a line: progress, then the result as HTML.
    """
    card = editable(request, pk)
    lines = _verifying(admin, request, card, to)
    if request.headers.get("X-Part") == "verify":
        return proof.streamed(lines)
    *_, last = lines
    context = {"title": f"{to.capitalize()}: {card.title}", "card": card, "report": last["html"]}
    return render(request, f"{T}verify.html", {**admin.admin_site.each_context(request), **context})


def check(admin: Any, request: HttpRequest, pk: int) -> HttpResponseBase:
    """Verify the unsaved page of a published card, as a stream; the last line has a proof, or why.

    A page that cannot be read gets an empty proof: saving it says what is wrong, at its fields.
    """
    card = editable(request, pk)
    data, _, _ = _of_form(admin, request, card)
    if data is None or data.digest == card.digest:
        return proof.streamed(iter([{"proof": ""}]))
    return proof.streamed(proof.checking(request, card, data, "save"))


def _verifying(admin: Any, request: HttpRequest, card: Card, to: str) -> Iterator[dict[str, Any]]:
    context: dict[str, Any] = {"card": card, "to": to, "refusal": proof.REFUSALS[to]}
    if card.status == Card.Status.RETIRED:
        context["lacking"] = ["It is retired. Press “Back to draft” first."]
    else:
        yield from proof.judging(card.data(), context)
    verdict = context.get("verdict")
    if verdict and verdict.ok:
        context["reached"] = _reach(admin, request, card, verdict, to)
    html = render_to_string(f"{T}_verdict.html", context, request)
    yield {"html": html, "reached": context.get("reached", False)}


@transaction.atomic
def _reach(admin: Any, request: HttpRequest, card: Card, verdict: Verdict, to: str) -> bool:
    """Move the card on, unless somebody changed it meanwhile."""
    row = Card.objects.select_for_update().get(pk=card.pk)
    if row.data().digest != verdict.digest:
        return False
    # The answer streams when the request is over for the middleware that names the user.
    row._history_user = request.user  # type: ignore[attr-defined]
    status = Card.Status.PUBLISHED if to == "publish" else Card.Status.VERIFIED
    if row.status != Card.Status.PUBLISHED:
        row.status = status
        row.save(update_fields=["status", "updated_at"])
    row.seal()
    CardFlag.objects.filter(card=row).delete()  # it was just found true, here and now
    admin.log_change(request, row, f"{to} ({verdict.runs} runs on Django {verdict.django}).")
    return True


def retire(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Say what retiring a published card does; POST does it."""
    card = editable(request, pk)
    if card.status != Card.Status.PUBLISHED:
        messages.info(request, f"“{card}” is {_as(card)}, not published.")
        return redirect(change_url(card))
    if request.method == "POST":
        return _move(admin, request, card, Card.Status.RETIRED)
    context = {"title": f"Retire “{card.title}”?", "card": card}
    return render(request, f"{T}retire.html", {**admin.admin_site.each_context(request), **context})


def redraft(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Take a verified or retired card back to the drafts."""
    card = editable(request, pk)
    if card.status not in (Card.Status.VERIFIED, Card.Status.RETIRED):
        return redirect(change_url(card))
    return _move(admin, request, card, Card.Status.DRAFT)


def _move(admin: Any, request: HttpRequest, card: Card, to: str) -> HttpResponse:
    card.status = to
    card.save(update_fields=["status", "updated_at"])
    admin.log_change(request, card, f"Now {card.get_status_display()}.")
    messages.success(request, f"“{card}” is {_as(card)} now.")
    return redirect(change_url(card))


def _as(card: Card) -> str:
    """Return the state of a card as it stands after "is": a draft, published."""
    return "a draft" if card.status == Card.Status.DRAFT else str(card.get_status_display())


def _copy_names(card: Card) -> tuple[str, str]:
    """Return a free slug and a title that say which copy it is; a copy of a copy is one, too."""
    slug = re.sub(r"-copy(-\d+)?$", "", card.slug)[:70]
    title = re.sub(r" \(copy( \d+)?\)$", "", card.title)[:108]
    taken = set(Card.objects.filter(slug__startswith=f"{slug}-copy").values_list("slug", flat=True))
    names = ((f"{slug}-copy-{n}", f"{title} (copy {n})") for n in count(2))
    return next(
        pair for pair in chain([(f"{slug}-copy", f"{title} (copy)")], names) if pair[0] not in taken
    )


def duplicate(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft with the same content and a number, slug and title of its own."""
    card = get_object_or_404(who.visible(Card.objects.with_content(), request.user), pk=pk)
    if not request.user.has_perm("questions.add_card"):
        raise PermissionDenied
    number = Card.objects.order_by("-number").values_list("number", flat=True)[0] + 1
    slug, title = _copy_names(card)
    data = msgspec.structs.replace(
        card.data(), slug=slug, title=title, number=number, status="draft"
    )
    copy = write(data)
    copy.author_id = request.user.pk
    copy.save(update_fields=["author"])
    admin.log_addition(request, copy, f"Duplicate of {card}.")
    messages.success(request, f"A copy of “{card}”, as your draft.")
    return redirect(change_url(copy))


STATES: dict[str, Callable[..., HttpResponseBase]] = {
    "publish": partial_named(verify, "publish"),
    "verify": partial_named(verify, "verify"),
    "duplicate": duplicate,
    "redraft": redraft,
}
TO_LOOK_AT = (revisions.revision, imports.bring, exports.export, retire)  # the others only post
