"""Setting and sitting quizzes: one question at a time, each step taken once."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from questions import tabs
from questions.card_data import CardData
from questions.models import Card
from questions.visits import RATINGS
from tutor import begun as waiting
from tutor import learner, sitting
from tutor.forms import GradeForm, QuizForm
from tutor.kinds import KINDS, Kind
from tutor.models import Assignment, Attempt, Response
from tutor.models.visit import Sure
from tutor.trial import NotNow

SURE = {"", *Sure.values}
NOTHING = {
    "": "No card fits these choices. Leave one of them open.",
    "wrong": "Nothing you got wrong fits these choices. Choose all cards, or other topics.",
    "due": "Nothing that fits these choices is due. Choose all cards, or other topics.",
}


def _attempt(request: HttpRequest, pk: uuid.UUID) -> Attempt:
    who = learner.of(request)
    if who is None:
        raise Http404
    return get_object_or_404(who.attempts.select_related("quiz"), pk=pk)


def _response(request: HttpRequest, pk: uuid.UUID, position: int) -> Response:
    responses = _attempt(request, pk).responses.select_related("attempt__quiz", "card")
    return get_object_or_404(responses, position=position)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def quizzes(request: HttpRequest) -> HttpResponse:
    # A link such as /quiz/?topic=data-integrity&only=wrong sets the form; it starts nothing.
    who = learner.of(request)
    missed = len(sitting.missed(who)) if who else 0
    asked = QuizForm.asked(request.GET)
    form = QuizForm(request.POST or None, initial=asked, missed=missed)
    if request.method == "POST" and form.is_valid():
        data, kept = form.cleaned_data, learner.of(request, create=True)
        try:
            return redirect(sitting.start(kept, form.instance, data["topics"], data["token"]))
        except sitting.NoQuestions:
            form.add_error(None, NOTHING.get(form.instance.only, NOTHING[""]))
    who, set_for = learner.of(request), Assignment.objects.asked_of
    return render(
        request,
        "tutor/quizzes.html",
        {
            "form": form,
            "assignments": set_for(who, done=False) if who else [],
            "handed_in": set_for(who, done=True) if who else [],
            "memberships": who.memberships.select_related("group") if who else [],
            "begun": waiting.begun(who) if who else [],
            "finished": who.attempts.finished()[:5] if who else [],
        },
    )


@require_safe
@never_cache
def attempt(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    sat = _attempt(request, pk)
    position = None if sat.finished else sat.next_position()
    if position is None:
        return redirect("tutor:result", pk)
    return redirect("tutor:question", pk, position)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def question(request: HttpRequest, pk: uuid.UUID, position: int) -> HttpResponse:
    response = _response(request, pk, position)
    if request.method == "POST":
        return _answer(request, response)
    if not response.answered_at:
        sitting.asked(response)
    return _page(request, response)


def _answer(request: HttpRequest, response: Response) -> HttpResponse:
    if response.answered_at and "keep" in request.POST:
        return _not_kept("Your first answer stands.")
    if response.answered_at:
        messages.info(request, "Your first answer stands.")
        return redirect(response)
    if "skip" in request.POST:
        sitting.skip(response)
        return redirect(_next(response))
    kind = KINDS[response.kind]
    sure = request.POST.get("sure", "")
    try:
        if sure not in SURE:
            raise ValidationError("Say how sure you are: guess, think or sure.")
        who, run_id = str(response.attempt.learner_id), request.POST.get("run_id", "")
        if _is_older(request, response, kind):
            raise ValidationError(tabs.ELSEWHERE)
        if work := _worked(request, response, kind, who, run_id):
            return _kept(response, kind, work) if "keep" in request.POST else redirect(response)
        given = kind.read(request.POST, response.ask)
        grade = kind.grade(response.ask, response.key, given, who, run_id)
    except ValidationError as mistake:
        if "keep" in request.POST:
            return _not_kept(mistake.messages[0])
        return _page(request, response, mistakes=mistake.messages)
    except NotNow as reason:
        sitting.keep_work(response, kind.keep(request.POST, response.ask))  # type: ignore[attr-defined]
        return _page(request, response, mistakes=[str(reason)])
    sitting.answer(response, given, sure, grade)
    return redirect(response)


def _worked(
    request: HttpRequest, response: Response, kind: Kind, who: str, run_id: str
) -> dict[str, Any] | None:
    """Take a step before the answer, if the kind has such steps and this is one."""
    work = getattr(kind, "work", None)
    kept = work(request.POST, response.ask, response.key, who, run_id) if work else None
    if kept is not None:
        sitting.keep_work(response, {**kept, "sure": request.POST.get("sure", "")})
    return kept


def _is_older(request: HttpRequest, response: Response, kind: Kind) -> bool:
    is_older = getattr(kind, "is_older", None)
    return bool(is_older and is_older(request.POST, response.ask, response.work or {}))


def _kept(response: Response, kind: Kind, work: dict[str, Any]) -> HttpResponse:
    """Answer a page that keeps what is typed: the mark of it is what that page has seen now."""
    shown = kind.shown(response.ask, work, {})  # type: ignore[attr-defined]
    return HttpResponse(status=204, headers={"X-Seen": shown.get("seen", "")})


def _not_kept(why: str) -> HttpResponse:
    return HttpResponse(f"Not kept. {why}", content_type="text/plain")


def _page(
    request: HttpRequest, response: Response, mistakes: list[str] | None = None
) -> HttpResponse:
    sat = response.attempt
    told = bool(response.answered_at) or sat.finished
    offered = response.grade or sitting.offered(response)
    context = {
        "response": response,
        "attempt": sat,
        "kind": KINDS[response.kind],
        "ask": response.ask,
        # What grades the answer goes to the template after the answer, never before.
        "key": response.key if told else None,
        "told": told,
        "then": _then(response) if told else None,
        "mistakes": mistakes,
        "elsewhere": mistakes == [tabs.ELSEWHERE],
        "typed": request.POST,
        "work": _shown(request, response),
        "sure": Sure.choices,
        "places": sat.responses.all(),
        "grades": [(n, word, n == offered) for n, word in RATINGS.items()],
        "by_ticks": sitting.by_ticks(len(response.key.get("ideas", []))) if told else [],
    }
    return render(request, "tutor/question.html", context)


def _then(response: Response) -> Card | CardData:
    """Return the card's content as it was when the sitting began."""
    kept = response.card.revisions.filter(digest=response.digest).first()
    return kept.data() if kept else response.card


def _shown(request: HttpRequest, response: Response) -> dict[str, Any]:
    shown = getattr(KINDS[response.kind], "shown", None)
    return shown(response.ask, response.work or {}, request.POST) if shown else {}


@require_POST
def question_grade(request: HttpRequest, pk: uuid.UUID, position: int) -> HttpResponse:
    response = _response(request, pk, position)
    form = GradeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Grade yourself with 1, 2, 3 or 4.")
        return redirect(response)
    ideas = form.cleaned_data["idea"] if response.kind == "explain" else None
    rating, was = form.cleaned_data["grade"], form.cleaned_data["was"]
    stands = sitting.grade(response, rating, ideas, was=was)
    if stands and stands != rating:
        said = RATINGS[stands].lower()
        words = f"Another tab graded it “{said}”: that stands. Choose again to change it."
        messages.warning(request, words)
        return redirect(response)
    return redirect(_next(response))


def _next(response: Response) -> Attempt | Response:
    """Return where to go on: the next place that waits, or the sitting, which shows its result."""
    sat = response.attempt
    waiting = sat.responses.filter(done_at=None).order_by("position")
    following = waiting.filter(position__gt=response.position).first() or waiting.first()
    if following is None:
        sat.finish()
    return following or sat


@require_POST
def attempt_finish(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    sat = _attempt(request, pk)
    sat.finish()
    return redirect("tutor:result", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def attempt_discard(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then be rid of a sitting of one's own; what was answered in it stays."""
    sat = _attempt(request, pk)
    if not waiting.own(sat.learner).filter(pk=pk).exists():
        return redirect(sat)
    if request.method == "POST":
        stays = waiting.discard(sat)
        words = "It ended there; what you answered is kept." if stays else "It is discarded."
        messages.info(request, words)
        return redirect("tutor:quizzes")
    return render(request, "tutor/attempt_discard.html", {"begun": waiting.Begun(sat)})


@require_POST
def attempt_retry(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    sat = _attempt(request, pk)
    try:
        token = uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        return redirect("tutor:result", pk)
    try:
        return redirect(sitting.start_again(sat, token))
    except sitting.NoQuestions:
        return redirect("tutor:result", pk)
