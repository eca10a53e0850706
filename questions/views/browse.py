"""Finding a card: the home page, the list, a topic."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from questions import bank, card_past, page, search, visits
from questions.card import completed_imports, opening, source
from questions.card_rows import topics_in_order
from questions.forms import FilterForm
from questions.gap import Gap
from questions.models import Card, Topic
from questions.result import Result
from questions.visits import Standing

TASTERS = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    cards = list(bank.published())
    card = next((c for c in cards if c.slug == settings.HOME_CARD), cards[0] if cards else None)
    case = opening(card) if card else None
    standings = visits.store().standings(request, cards)
    topics = [
        (topic, bank.progress([c for c in cards if topic in topics_in_order(c)], standings))
        for topic in Topic.objects.all()
    ]
    others = [c for c in cards if c != card and c.pk not in standings] or cards
    context = {
        "card": card,
        "source": card and source(card),
        "case": case,
        "lines": page.case_lines(card, [case])[case.name] if card and case else (),
        "due": sum(standing.due for standing in standings.values()),
        "begun": next((c for c in cards if c != card and _begun(standings.get(c.pk))), None),
        "imports": card and completed_imports(card),
        "gap": card and _told(request, card),
        "seed": card and card.slug == "profile-update",
        "topics": [(topic, done) for topic, done in topics if done.of],
        "count": len(cards),
        "others": spread(others)[:TASTERS],
    }
    return render(request, "questions/home.html", context)


def _begun(standing: Standing | None) -> bool:
    return standing is not None and standing.started and not standing.done


def _told(request: HttpRequest, card: Card) -> Gap | None:
    """Return what was said of the card and what it sent, once this visitor has seen it."""
    begun = card_past.for_learner(request, card)
    visit = visits.store().load(request, begun)
    if not visit.ran:
        return None
    found = Result(begun, visit, QueryDict())
    found.runs.recall(found.first_cells)
    gap = found.gap()
    return gap if gap.first and gap.first.said else None


def spread(cards: list[Card]) -> list[Card]:
    """Return the cards so that the first ones have different main topics."""
    seen: set[Topic] = set()
    first: list[Card] = []
    rest: list[Card] = []
    for card in cards:
        main = set(topics_in_order(card)[:1])
        (rest if main <= seen else first).append(card)
        seen |= main
    return first + rest


@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    everything = list(bank.published())
    form = FilterForm(request.GET)
    standings = visits.store().standings(request, everything)
    found = form.filter(everything, standings)
    hits = search.find(found, form.query) if form.query else None
    context = {
        "form": form,
        "count": len(everything),
        "found": len(found if hits is None else hits),
        "hits": hits,
        "shelves": bank.shelves(found, standings, everything) if hits is None else [],
        "all_shown": len(found) == len(everything) and hits is None,
    }
    template = "questions/_found.html" if request.htmx else "questions/cards.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    here = [card for card in bank.published() if topic in topics_in_order(card)]
    standings = visits.store().standings(request, here)
    rows = [
        (step, [(card, standings.get(card.pk, bank.FRESH)) for card in cards])
        for step, cards in bank.path(here)
    ]
    fresh = next((card for _, row in rows for card, standing in row if not standing.started), None)
    context = {
        "topic": topic,
        "path": rows,
        "progress": bank.progress(here, standings),
        "next": fresh,
        "others": Topic.objects.exclude(pk=topic.pk),
    }
    return render(request, "questions/topic.html", context)
