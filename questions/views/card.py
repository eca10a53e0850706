"""One card: read, predict, run, see why, say it, have it explained, rate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget

from questions import card_past, page, visits
from questions.card import runs
from questions.forms import PredictForm, RateForm, WordsForm
from questions.models import Card
from questions.result import Result
from questions.visits import Visit

PARTS = {"cell": "questions/_cell.html", "beside": "questions/_beside.html"}


@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        card, visit = open_card(request, slug)
    except Http404:
        # It was published once, so links lead here: they are told what became of it.
        retired = Card.objects.filter(slug=slug, status=Card.Status.RETIRED).first()
        if retired is None:
            raise
        return render(request, "questions/_retired.html", {"card": retired}, status=410)
    stage = page.stage(request.GET.get("at", ""), visit)
    return _show(request, card, visit, stage, part=request.GET.get("part", ""))


@require_POST
def card_predict(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the predictions and run; what was said before a number was told stands."""
    card, visit = open_card(request, slug)
    cases = page.to_predict(card, visit)
    form = PredictForm(cases, request.POST)
    if cases and not form.is_valid():
        if visit.ran and is_htmx(request):
            # Only the form is put in its place again: what is above it stays as it was.
            context = page.context(request, card, visit, "why", form=form)
            section = render(request, "questions/_waiting.html", context)
            return reswap(retarget(section, "#waiting"), "outerHTML")
        return _show(request, card, visit, "why" if visit.ran else "predict", form=form)
    latest: list[str] = []
    if _said_otherwise(request, visit):
        messages.info(request, "What you said first stands: it was said in another tab.")
    if cases:
        said = form.predictions()
        # What is said after the first run is what the page talks about next.
        latest = [name for name in said if visit.ran and name not in visit.predictions]
        visit.predictions = {**said, **visit.predictions}
    return _run(request, card, visit, latest)


def _said_otherwise(request: HttpRequest, visit: Visit) -> bool:
    """Return whether the form has another number for a case than the one that was said first."""
    said = {name: f"{each.emails}{'+' * each.more}" for name, each in visit.predictions.items()}
    sent = {name: request.POST.get(f"n-{name}", "").strip() for name in said}
    return any(sent[name] and sent[name] != said[name] for name in said)


@require_POST
def card_run(request: HttpRequest, slug: str) -> HttpResponse:
    """Run again, for real, whatever is remembered."""
    card, visit = open_card(request, slug)
    return _run(request, card, visit)


@require_safe
def card_ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """Run what has not been run of all versions in all cases; then the table stands."""
    card, visit = open_card(request, slug)
    if not page.reached("why", visit):
        return redirect(card)
    result = Result(card, visit, request.GET)
    result.runs.fetch(result.all_cells)
    if not is_htmx(request):
        return redirect(f"{card.get_absolute_url()}?at=why&all=1#ledger")
    return render(request, "questions/_ledger_box.html", page.shown_result(result))


@require_POST
def card_hint(request: HttpRequest, slug: str) -> HttpResponse:
    """Open one more hint; a double click, or an old page, opens none twice."""
    card, visit = open_card(request, slug)
    page.open_hint(request, card, visit)
    if is_htmx(request):
        form = "fix" if request.POST.get("of_form") == "fix" else "explain"
        context = page.hints(card, visit) | {"of_form": form}
        return render(request, "questions/_hints.html", context)
    # Without scripts the page comes back, and what was typed in it, too.
    typed = WordsForm(request.POST)
    if "words" in request.POST:
        if not typed.is_valid():
            return _refused(request, card, visit, typed)
        visit.words = typed.joined(visit.words)
        visits.store().save(request, card, visit)
    return redirect(f"{card.get_absolute_url()}?at=why#hints")


@require_POST
def card_words(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the learner's own words as they are typed, unless another tab has others."""
    card, visit = open_card(request, slug)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return HttpResponse(" ".join(map(str, form["words"].errors)), content_type="text/plain")
    if form.joined(visit.words) != form.cleaned_data["words"]:
        return HttpResponse(status=204)
    if visit.words != form.cleaned_data["words"]:
        visit.words = form.cleaned_data["words"]
        visits.store().save(request, card, visit)
    return render(request, "questions/_was.html", {"visit": visit, "kept": True})


@require_POST
def card_explain(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the learner's own words as typed, and explain."""
    card, visit = open_card(request, slug)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _refused(request, card, visit, form)
    visit.words = form.joined(visit.words)
    visit.explained = True
    visits.store().save(request, card, visit)
    return _to_stage(request, card, visit, "explain")


@require_POST
def card_show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the answer to somebody who asks for it; before a prediction, the card says so."""
    card, visit = open_card(request, slug)
    visit.explained = True
    visit.shown = visit.shown or not visit.predictions
    visits.store().save(request, card, visit)
    return _to_stage(request, card, visit, "explain")


@require_POST
def card_ideas(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep which ideas the learner's words had."""
    card, visit = open_card(request, slug)
    ticked = request.POST.getlist("idea")
    visit.ideas = [n for n in range(len(card.ideas)) if str(n) in ticked]
    visits.store().save(request, card, visit)
    if not is_htmx(request):
        return redirect(f"{card.get_absolute_url()}?at=explain#ideas")
    # The rating offered follows the ticks.
    return render(
        request, "questions/_ticked.html", page.rating(request, card, visit) | {"ticked": True}
    )


@require_POST
def card_rate(request: HttpRequest, slug: str) -> HttpResponse:
    """Rate a card 1-4 once it was explained, or take the rating back."""
    card, visit = open_card(request, slug)
    form = RateForm(request.POST)
    if not visit.explained or not form.is_valid():
        return redirect(card)
    rating, was = form.cleaned_data["rating"] or None, form.cleaned_data["was"]
    stands = visits.store().rate(request, card, visit, rating, was)
    if stands != rating:
        did = f"rated it “{visits.RATINGS[stands].lower()}”" if stands else "took the rating back"
        messages.warning(request, f"Another tab {did}: that stands. Choose again to change it.")
    if not is_htmx(request):
        return redirect(f"{card.get_absolute_url()}?at=explain#rate")
    context = page.rating(request, card, visit)
    levers = {"levers": page.levers(card, visit, "explain"), "oob": True}
    return render(request, "questions/_rated.html", context | levers)


@require_POST
def card_anew(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave the revision that was begun and begin the card as it is now."""
    card = get_object_or_404(Card.objects.with_content().visible_to(request.user), slug=slug)
    visits.store().anew(request, card)
    return redirect(card)


def _refused(request: HttpRequest, card: Card, visit: Visit, typed: WordsForm) -> HttpResponse:
    """Show words that are too long as they were typed, with why they are not kept."""
    if is_htmx(request):
        context = page.hints(card, visit) | {"typed": typed}
        section = render(request, "questions/_words.html", context)
        return reswap(retarget(section, "#say"), "outerHTML")
    return _show(request, card, visit, "why", typed=typed)


def _run(
    request: HttpRequest, card: Card, visit: Visit, latest: Sequence[str] = ()
) -> HttpResponse:
    """Run the cells asked about, and all others when the page cannot ask for them later."""
    query = QueryDict(mutable=True)
    query.setlist("said", list(latest))
    result = Result(card, visit, query if latest else request.GET)
    later = is_htmx(request) or request.POST.get("later") == "1"
    cells = result.first_cells if later else [*result.first_cells, *result.all_cells]
    result.runs.run(cells, run_id=request.POST.get("run_id", ""))
    visit.ran = visit.ran or result.runs.has(result.first_cells)
    visits.store().save(request, card, visit)
    result.runs.recall(result.all_cells)
    if result.runs.trouble and not is_htmx(request):
        # A redirect would forget why it did not run.
        return _show(request, card, visit, "why", result=result)
    return _to_stage(request, card, visit, "why", query.urlencode(), result=result)


def _to_stage(
    request: HttpRequest, card: Card, visit: Visit, stage: str, query: str = "", **more: Any
) -> HttpResponse:
    """Answer a post: by the next stage itself for htmx, by a redirect to it otherwise."""
    url = f"{card.get_absolute_url()}?at={stage}" + (f"&{query}" if query else "")
    if not is_htmx(request):
        return HttpResponseRedirect(url)
    response = _show(request, card, visit, stage, **more)
    response["HX-Push-Url"] = url
    return response


def _show(
    request: HttpRequest, card: Card, visit: Visit, stage: str, *, part: str = "", **more: Any
) -> HttpResponse:
    context = page.context(request, card, visit, stage, **more)
    whole = "questions/_card.html" if is_htmx(request) else "questions/card.html"
    response = render(request, PARTS.get(part, whole) if stage == "why" else whole, context)
    if card.status != Card.Status.PUBLISHED:
        response["X-Robots-Tag"] = "noindex"
    return response


def open_card(request: HttpRequest, slug: str) -> tuple[Card, Visit]:
    """Return the card as this learner began it, and the visit.

    A draft is shown to its author and to editors, and to nobody who has not begun on it; one
    that cannot be run yet is only read.
    """
    cards = Card.objects.with_content()
    card = cards.visible_to(request.user).filter(slug=slug).first()
    if card is None:
        # Retired, or a draft again: whoever began it may finish it.
        card = get_object_or_404(cards, slug=slug)
        if not card_past.is_begun(request, card):
            raise Http404
    card = card_past.for_learner(request, card)
    if not runs(card):
        if request.method == "POST":
            raise Http404("Nothing of this draft can be run yet.")
        return card, Visit()
    return card, cast(Visit, visits.store().load(request, card))


def is_htmx(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]
