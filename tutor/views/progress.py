"""Where I stand, and my data: to read, to take away, to delete."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from questions.models import Card
from tutor import export, learner
from tutor import progress as figures
from tutor.models import Learner
from tutor.views.csv_file import csv_file


@require_safe
@never_cache
def progress(request: HttpRequest) -> HttpResponse:
    who = learner.of(request)
    context: dict[str, Any] = {"topics": figures.by_topic(who), "due": []}
    if who:
        days = figures.last_days(who)
        context |= {
            "learner": who,
            "memberships": who.memberships.select_related("group"),
            "due": list(who.reviews.due().select_related("card")),
            "scheduled": who.reviews.exists(),
            "forecast": figures.forecast(who),
            "days": days,
            "active": sum(bar.count > 0 for bar in days),
            "curve": figures.curve(who),
            "finished": who.attempts.finished().prefetch_related("responses")[:10],
            "told": who.problems.filter(card__status=Card.Status.PUBLISHED).select_related("card"),
            "shared": who.shared_runs.defer("reports", "files"),
            "ratings": who.review_logs.rated().reverse().select_related("card")[:20],
        }
    return render(request, "tutor/progress.html", context)


def _who(request: HttpRequest) -> Learner:
    who = learner.of(request)
    if who is None:
        raise Http404("Nothing is kept.")
    return who


@require_safe
@never_cache
def data_json(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(export.as_json(_who(request)), json_dumps_params={"indent": 1})
    response["Content-Disposition"] = 'attachment; filename="signalbox.json"'
    return response


@require_safe
@never_cache
def data_csv(request: HttpRequest) -> HttpResponse:
    return csv_file("signalbox.csv", export.as_csv(_who(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def data_delete(request: HttpRequest) -> HttpResponse:
    who = learner.of(request)
    if request.method == "POST" and "sure" in request.POST:
        if who:
            who.delete()
        for key in (learner.SESSION_KEY, "playground", "playground_before"):
            request.session.pop(key, None)  # a playground of before it had a row, too
        messages.info(request, "Everything that was kept is deleted.")
        return redirect("tutor:progress")
    return render(request, "tutor/data_delete.html", {"learner": who})
