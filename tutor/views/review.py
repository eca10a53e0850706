"""What is due: one key starts, two keys a card, one takes back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from questions.models import Card
from questions.visits import RATINGS
from tutor import learner, schedule, turns
from tutor.facts import action, files
from tutor.forms import RateForm, ShowForm
from tutor.models import Learner
from tutor.models.visit import Sure
from tutor.visits import in_words


def _scheduled(request: HttpRequest, slug: str) -> tuple[Learner, Card]:
    """Return who asks and the card, which must be on that learner's own schedule."""
    who = learner.of(request)
    if who is None:
        raise Http404
    cards = Card.objects.published().prefetch_related("versions", "cases")
    return who, get_object_or_404(cards.filter(reviews__learner=who), slug=slug)


def _undone(who: Learner | None) -> bool:
    """Return whether there is a rating that can be taken back."""
    return bool(who and who.review_logs.filter(source="review").rated().exists())


@require_safe
@never_cache
def review(request: HttpRequest) -> HttpResponse:
    who = learner.of(request)
    due = list(who.reviews.due().select_related("card")) if who else []
    following = who.reviews.coming().select_related("card").first() if who else None
    wait = in_words(following.due - timezone.now()) if following else ""
    context = {"due": due, "following": following, "wait": wait, "undone": _undone(who)}
    return render(request, "tutor/review.html", context)


@require_safe
@never_cache
def review_card(request: HttpRequest, slug: str) -> HttpResponse:
    who, card = _scheduled(request, slug)
    turn = turns.coming(who, card)
    card = turn.card  # as it was when an open turn was asked
    buggy, told = turn.facts.buggy, turn.log is not None
    ask = {
        "files": files(buggy) if buggy else [],
        "setup": card.setup,
        "case": turn.case,
        "action": action(buggy, turn.case) if buggy and turn.case else "",
    }
    key = {
        "emails": turn.emails,
        "wanted": turn.case.wanted if turn.case else None,
        "row": turn.facts.row(turn.case) if turn.case else [],
        "version": turn.facts.buggy.name if turn.facts.buggy else "",
    }
    context = {
        "card": card,
        "turn": turn,
        "ask": ask,
        "told": told,
        "key": key if told else None,
        "offers": turns.offers(who, turn) if told else None,
        "left": who.reviews.due().count(),
        "undone": _undone(who),
        "sure": Sure.choices,
    }
    return render(request, "tutor/review_card.html", context)


@require_POST
def review_show(request: HttpRequest, slug: str) -> HttpResponse:
    who, card = _scheduled(request, slug)
    form = ShowForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        if not turns.show(who, card, data["nth"], data["emails"], data["sure"], data["digest"]):
            messages.info(request, "What you said first stands.")
    else:
        messages.warning(request, "Give a number of emails, or leave it empty.")
    return redirect("tutor:review_card", slug)


@require_POST
def review_rate(request: HttpRequest, slug: str) -> HttpResponse:
    who, card = _scheduled(request, slug)
    form = RateForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Rate it with 1, 2, 3 or 4.")
        return redirect("tutor:review_card", slug)
    rating = form.cleaned_data["rating"]
    stands = turns.rate(who, card, form.cleaned_data["nth"], rating)
    if stands and stands != rating:
        said = f"“{card.title}” was rated “{RATINGS[stands].lower()}” in another tab: that stands."
        messages.warning(request, f"{said} Undo takes the last rating back.")
    following = who.reviews.due().select_related("card").first()
    if following is None:
        return redirect("tutor:review")
    return redirect("tutor:review_card", following.card.slug)


@require_POST
def review_undo(request: HttpRequest) -> HttpResponse:
    who = learner.of(request)
    log = schedule.undo(who) if who else None
    if log is None:
        messages.info(request, "There is nothing to take back.")
        return redirect("tutor:review")
    if not log.learner.reviews.filter(card=log.card).exists():
        return redirect("tutor:review")
    return redirect("tutor:review_card", log.card.slug)
