"""A problem with a card: told by a learner, answered by an instructor."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from questions.forms import not_longer
from questions.models import Card
from tutor import learner
from tutor.instructor import instructors_only
from tutor.models import Problem

MOST = 20  # open ones of one learner, so that nobody floods the list


class ProblemForm(forms.Form):
    words = forms.CharField(label="What is wrong?", widget=forms.Textarea(attrs={"rows": 5}))

    def clean_words(self) -> str:
        """Refuse in words what is too long: a browser would cut what is pasted in silence."""
        return not_longer(self.cleaned_data["words"], 2000)


class AnswerForm(forms.Form):
    answer = forms.CharField(max_length=2000)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def problem(request: HttpRequest, slug: str) -> HttpResponse:
    who = learner.of(request)
    card = get_object_or_404(Card, slug=slug)
    # A card that was withdrawn takes no remarks; whoever told one still reads the answer.
    asks = card.status == Card.Status.PUBLISHED
    mine = who.problems.filter(card=card) if who else Problem.objects.none()
    if not asks and (request.method == "POST" or not mine.exists()):
        raise Http404
    form = ProblemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = learner.of(request, create=True)
        if kept.problems.filter(answered_at=None).count() < MOST:
            kept.problems.create(card=card, digest=card.digest, words=form.cleaned_data["words"])
            messages.info(request, "Thank you. The answer will be on this page.")
        else:
            messages.warning(request, f"{MOST} remarks of yours wait for an answer; that is most.")
        return redirect("tutor:problem", slug)
    context = {"card": card, "form": form if asks else None, "mine": mine}
    response = render(request, "tutor/problem.html", context)
    if request.method == "GET":
        mine.unread().update(read_at=timezone.now())
    return response


@require_safe
@never_cache
@instructors_only
def problems(request: HttpRequest) -> HttpResponse:
    found = Problem.objects.seen_by(request.user).select_related("card")
    context = {
        "open": found.filter(answered_at=None),
        "answered": found.exclude(answered_at=None)[:50],
    }
    return render(request, "tutor/problems.html", context)


@require_POST
@instructors_only
def problem_answer(request: HttpRequest, pk: int) -> HttpResponse:
    told = get_object_or_404(Problem.objects.seen_by(request.user), pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        told.reply(request.user, form.cleaned_data["answer"])
        messages.info(request, "Answered; whoever told it sees the answer at the card.")
    else:
        messages.warning(request, "Write an answer first.")
    return redirect("tutor:problems")
