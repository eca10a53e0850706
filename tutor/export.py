"""Everything kept about a learner, to take away."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from questions.card import named
from tutor import past
from tutor.models import Learner, Playground, Response

COLUMNS = ("when", "where", "card", "kind", "case", "answer", "sure", "correct", "grade")
# A spreadsheet takes a cell that begins like this for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_json(learner: Learner) -> dict[str, Any]:
    """Return all rows of a learner as plain data; cards are named by their slug."""
    return _named(
        {
            "learner": str(learner.pk),
            "since": learner.created_at.isoformat(),
            "account": _account(learner),
            "visits": _rows(learner.visits.values(), learner),
            "quizzes": [
                {
                    "started_at": attempt.started_at.isoformat(),
                    "finished_at": attempt.finished_at and attempt.finished_at.isoformat(),
                    "topics": [topic.slug for topic in attempt.quiz.topics.all()],
                    "kinds": attempt.quiz.kinds,
                    "responses": [_response(each) for each in attempt.responses.all()],
                }
                for attempt in learner.attempts.select_related("quiz").prefetch_related(
                    "quiz__topics", "responses__card"
                )
            ],
            "reviews": _rows(learner.reviews.values(), learner),
            "ratings": _rows(learner.review_logs.values(), learner),
            "groups": list(learner.memberships.values("group__name", "name", "joined_at")),
            "groups_left": list(learner.left.values("group__name", "joined_at", "left_at")),
            "problems": _rows(
                learner.problems.values("card_id", "words", "created_at", "answer"), learner
            ),
            "fixes": _rows(
                learner.fixes.values("card_id", "files", "cells", "runs", "tried_at"), learner
            ),
            "in_class": list(
                learner.live_answers.values(
                    "live__card__slug", "live__case", "round", "emails", "sure", "answered_at"
                )
            ),
            "shared_runs": _rows(learner.shared_runs.values(), learner),
            "playground": Playground.objects.filter(learner=learner)
            .values("draft", "earlier", "updated_at")
            .first(),
        }
    )


def _account(learner: Learner) -> dict[str, Any] | None:
    """Return what the account itself keeps, and no password; None for a guest."""
    user = learner.user
    if user is None:
        return None
    return {
        "name": user.get_username(),
        "email": user.email,
        "since": user.date_joined.isoformat(),
        "last_sign_in": user.last_login and user.last_login.isoformat(),
    }


def _named(data: Any) -> Any:
    """Return the same with each file under the name that its learner knows, wherever it is told."""
    if isinstance(data, dict):
        return {_named(key): _named(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_named(each) for each in data]
    return named(data) if isinstance(data, str) else data


def _rows(values: Any, learner: Learner) -> list[dict[str, Any]]:
    slugs = dict(values.order_by().values_list("card_id", "card__slug"))
    dropped = ("id", "learner_id", "card_id", "token", "response_id")
    return [
        {"card": slugs.get(row["card_id"]), **{k: v for k, v in row.items() if k not in dropped}}
        for row in values
    ]


def _response(response: Response) -> dict[str, Any]:
    fields = ("position", "kind", "case", "answer", "sure", "skipped", "correct", "points", "grade")
    return {
        "card": response.card.slug,
        **{field: getattr(response, field) for field in fields},
        "answered_at": response.answered_at and response.answered_at.isoformat(),
    }


def as_csv(learner: Learner) -> str:
    """Return one line an answer: quiz answers, ratings and predictions, the oldest first."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    rows = [*_answers(learner), *_ratings(learner), *_predictions(learner)]
    for row in sorted(rows, key=lambda row: row[0]):
        writer.writerow([safe_cell(value) for value in row])
    return text.getvalue()


def _answers(learner: Learner) -> Iterator[tuple[Any, ...]]:
    answered = Response.objects.filter(attempt__learner=learner).exclude(answered_at=None)
    for each in answered.select_related("card"):
        when = each.answered_at.isoformat() if each.answered_at else ""
        yield (when, "quiz", each.card.slug, each.kind, each.case, each.answer, each.sure,
               each.correct, each.grade)  # fmt: skip


def _ratings(learner: Learner) -> Iterator[tuple[Any, ...]]:
    logs = learner.review_logs.rated().exclude(source="quiz").select_related("card")
    for each in logs:
        when = each.rated_at.isoformat() if each.rated_at else ""
        yield (when, each.source, each.card.slug, "number", each.case, each.emails, each.sure,
               each.correct, each.rating)  # fmt: skip


def _predictions(learner: Learner) -> Iterator[tuple[Any, ...]]:
    """Yield what was said on pages of cards beside the one prediction that stands in the rating.

    A rating is of the card, so it is the grade of all that was predicted there. Whether it was
    right is left out before the run, which tells it.
    """
    rated, grades = set(), {}
    for log in learner.review_logs.rated().filter(source="card"):
        rated.add((log.card_id, log.digest, log.case))
        grades[log.card_id, log.digest] = log.rating
    for visit, case, said, right in past.predictions(learner):
        if (visit.card_id, visit.digest, case) not in rated:
            number = f"{said['emails']}{'+' * said.get('more', False)}"
            grade = grades.get((visit.card_id, visit.digest))
            yield (visit.updated_at.isoformat(), "card", visit.card.slug, "number", case,
                   number, said["sure"], right, grade)  # fmt: skip


def safe_cell(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
