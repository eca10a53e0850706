"""The result of a sitting: by topic, by kind, by how sure, each question to look at again."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from questions.visits import RATINGS
from tutor import learner, score, sitting


@require_safe
@never_cache
def result(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    who = learner.of(request)
    if who is None:
        raise Http404
    attempt = get_object_or_404(who.attempts.select_related("quiz"), pk=pk)
    responses = list(attempt.responses.select_related("card").prefetch_related("card__topics"))
    return render(
        request,
        "tutor/result.html",
        {
            "attempt": attempt,
            "responses": responses,
            "words": RATINGS,
            "again": [each for each in responses if not each.right],
            "missed": [each for each in responses if not each.right and not each.self_rated],
            "right": attempt.right,
            "of": attempt.measured,
            "own": attempt.rated,
            "topics": score.by_topic(responses),
            "kinds": score.by_kind(responses),
            "curve": score.curve(responses),
            "sure_missed": [each for each in responses if each.sure == "sure" and not each.right],
            "seconds": sitting.seconds(attempt) if attempt.quiz.show_time else None,
            "token": uuid.uuid4(),
        },
    )
