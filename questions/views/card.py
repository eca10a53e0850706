"""One card: read, predict, run, see why, say it, have it explained, rate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from questions import page, visits
from questions.card import asked
from questions.forms import PredictForm
from questions.models import Card


@require_GET
def card(request: HttpRequest, slug: str) -> HttpResponse:
    card = _card(request, slug)
    visit = visits.store().load(request, card)
    return _show(request, card, visit, page.stage(request.GET.get("at", ""), visit))


@require_POST
def card_predict(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the predictions; those made before stand. Then run."""
    card = _card(request, slug)
    visit = visits.store().load(request, card)
    form = PredictForm(
        asked(list(card.cases.all())), request.POST, only=request.POST.get("first", "")
    )
    if not form.is_valid():
        return _show(request, card, visit, "predict", form=form)
    visit.predictions = {**form.predictions(), **visit.predictions}
    return redirect(card)


@require_POST
def card_run(request: HttpRequest, slug: str) -> HttpResponse:
    return redirect(_card(request, slug))


@require_POST
def card_show(request: HttpRequest, slug: str) -> HttpResponse:
    return redirect(_card(request, slug))


def _show(
    request: HttpRequest, card: Card, visit: visits.Visit, stage: str, **more: object
) -> HttpResponse:
    context = page.context(request, card, visit, stage) | more
    template = "questions/_card.html" if request.htmx else "questions/card.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _card(request: HttpRequest, slug: str) -> Card:
    """Return the card; only staff see one that is not published."""
    cards = Card.objects.prefetch_related("versions", "cases", "topic_links__topic")
    if not request.user.is_staff:
        cards = cards.filter(status=Card.Status.PUBLISHED)
    return get_object_or_404(cards, slug=slug)
