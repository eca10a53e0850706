"""Runs shown to others by their address: never changed, forked, deleted by who made them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from questions import card_past, playground
from questions.earlier import BEFORE as BEFORE_FIX
from questions.fix import Attempt
from questions.models import Card, Version
from questions.playground import BEFORE
from questions.visits import Earlier
from tutor import learner, shares, visits
from tutor.kinds.base import plain
from tutor.models import SharedRun
from tutor.trial import NotNow


@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """Share a fix of the card that `card` names, or what is in the playground."""
    slug = request.POST.get("card")
    card = None if slug is None else get_object_or_404(Card.objects.published(), slug=slug)
    try:
        run = _fix(request, card) if card else _scratch(request)
    except (NotNow, shares.TooMuch) as reason:
        messages.warning(request, str(reason))
        return redirect(card or "questions:playground")
    return redirect(run)


def _fix(request: HttpRequest, card: Card) -> SharedRun:
    get_object_or_404(card.versions, kind=Version.Kind.BUGGY)
    # A text that is not in the form is that of the draft, kept with the last run.
    draft = visits.load(request, card_past.for_learner(request, card)).draft
    known = Attempt(card, draft).files
    typed = {p: plain(request.POST[f"file:{p}"]) for p in known if f"file:{p}" in request.POST}
    mine = Attempt(card, {**draft, **typed})
    return shares.share_fix(learner.of(request, create=True), card, mine.whole)


def _scratch(request: HttpRequest) -> SharedRun:
    draft = playground.load(request).draft
    if draft is None:
        raise Http404("There is nothing in the playground.")
    return shares.share_scratch(learner.of(request, create=True), draft)


@require_safe
def shared_run(request: HttpRequest, pk: str) -> HttpResponse:
    run = get_object_or_404(SharedRun.objects.select_related("card"), pk=pk)
    told = shares.told(run)
    who = learner.of(request)
    context = {
        "run": run,
        "told": told,
        "held": sum(each.sent.ok for each in told),
        "mine": who is not None and run.learner_id == who.pk,
        "open": run.card is None or run.card.status == Card.Status.PUBLISHED,
        "address": request.build_absolute_uri(run.get_absolute_url()),
    }
    response = render(request, "tutor/shared_run.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def shared_fork(request: HttpRequest, pk: str) -> HttpResponse:
    run = get_object_or_404(SharedRun.objects.select_related("card"), pk=pk)
    if run.card is None:
        if playground.load(request).draft:
            messages.info(request, BEFORE)
        playground.replace(request, shares.scratch_of(run))
        return redirect("questions:playground")
    if run.card.status != Card.Status.PUBLISHED:
        raise Http404("Its card is not there any more.")
    card = card_past.for_learner(request, run.card)
    visit = visits.load(request, card)
    before = dict(visit.draft)
    files = {path: text for path, text in run.files.items() if path != "project.json"}
    visit.draft = Attempt(card, {}).draft(files)
    words = "The code of the shared run is in your editor now."
    if before and before != visit.draft:
        visit.earlier = [*visit.earlier, Earlier(draft=before, why="shared")]
        words += " " + BEFORE_FIX
    visits.save(request, card, visit)
    messages.info(request, words)
    return redirect("questions:card_fix", run.card.slug)


@require_POST
@never_cache
def shared_delete(request: HttpRequest, pk: str) -> HttpResponse:
    who = learner.of(request)
    if who is None:
        raise Http404
    get_object_or_404(who.shared_runs, pk=pk).delete()
    messages.info(request, "The shared run is deleted; its address leads nowhere now.")
    return redirect("tutor:progress")
