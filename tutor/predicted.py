"""Predictions of one revision of a card: on its page, in quizzes, in class; counted by SQL."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, Q, QuerySet
from django.db.models.fields.json import KT, KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from questions.models import Card
from tutor.counted import by_learners
from tutor.histogram import Histogram, Series
from tutor.models import LearnerGroup, LiveAnswer, Response, Visit
from tutor.past import Past

Counts = dict[int, int]


@dataclass
class Predicted:
    """What was said of one version in one case, against what was measured of it.

    `right` and `sure_wrong` are None where two rounds are compared, `emails` where no claim is
    kept of the revision.
    """

    title: str
    name: str
    emails: int | None
    histogram: Histogram
    people: int
    right: int | None = None
    sure_wrong: int | None = None


def on_page(past: Past, found: QuerySet[Visit]) -> list[Predicted]:
    """Return the first predictions on the card's page, of each case that somebody predicted."""
    if past.buggy is None:
        return []
    claims = ((case, case.claims.get(past.buggy.name)) for case in past.data.cases)
    made = [_said(case.title, case.name, claim.emails, found) for case, claim in claims if claim]
    return [each for each in made if each.people]


def _said(title: str, case: str, emails: int, found: QuerySet[Visit]) -> Predicted:
    of_case = KeyTransform(case, "predictions")
    said = found.annotate(
        said=Cast(KeyTextTransform("emails", of_case), IntegerField()),
        how=KeyTextTransform("sure", of_case),
        more=KeyTextTransform("more", of_case),
    ).exclude(said=None)
    # SQLite gives 1 for true, PostgreSQL "true".
    at_least = Q(more="true") | Q(more="1")
    fits = Q(said=emails) | (at_least & Q(said__lte=emails))
    sums = said.aggregate(
        people=Count("pk"),
        right=Count("pk", filter=fits),
        sure_wrong=Count("pk", filter=Q(how="sure") & ~fits),
    )
    counts = dict(said.values_list("said").annotate(n=Count("pk")).order_by())
    return Predicted(title, case, emails, Histogram([Series("said", counts)], emails), **sums)


def in_quizzes(past: Past, answers: QuerySet[Response]) -> list[Predicted]:
    """Return the numbers given in quizzes, by version and case."""
    said = (
        answers.filter(kind="number", skipped=False)
        .annotate(version=KT("key__version"), said=Cast("answer", IntegerField()))
        .values("version", "case", "said")
        .annotate(
            n=Count("pk"),
            hits=Count("pk", filter=Q(correct=True)),
            sure_wrong=Count("pk", filter=Q(sure="sure", correct=False)),
        )
    )
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in said.order_by():
        found[row["version"], row["case"]].append({**row})
    return [
        _quiz(past, version, case, found[version, case])
        for version in past.versions
        for case in past.cases
        if (version, case) in found
    ]


def _quiz(past: Past, version: str, case: str, rows: list[dict[str, Any]]) -> Predicted:
    emails, title = past.emails(version, case), past.cases[case].title
    if past.buggy is None or version != past.buggy.name:
        title += f", with “{past.versions[version].title}”"
    counts = {row["said"]: row["n"] for row in rows}
    people, right, wrong = (sum(row[key] for row in rows) for key in ("n", "hits", "sure_wrong"))
    made = Histogram([Series("said", counts)], emails)
    return Predicted(title, f"quiz-{version}-{case}", emails, made, people, right, wrong)


def learners_in_class(found: QuerySet[LiveAnswer]) -> QuerySet[LiveAnswer]:
    """Leave out whoever teaches the class or may edit the card."""
    return by_learners(found, card="live__card").exclude(learner__user=F("live__group__owner"))


def in_class(
    past: Past, card: Card, digest: str, group: LearnerGroup | None = None
) -> list[Predicted]:
    """Return both rounds of peer instruction, by case: how many said what before and after."""
    said = LiveAnswer.objects.filter(live__card=card, live__digest=digest)
    found = learners_in_class(said.filter(live__group=group) if group else said)
    rows = found.values("round", "emails", case=F("live__case")).annotate(n=Count("pk"))
    counts: dict[str, dict[int, Counts]] = defaultdict(lambda: {1: {}, 2: {}})
    for row in rows.order_by():
        counts[row["case"]][row["round"]][row["emails"]] = row["n"]
    return [_class(past, case, counts[case]) for case in past.cases if case in counts]


def _class(past: Past, case: str, rounds: dict[int, Counts]) -> Predicted:
    emails = past.emails(past.buggy.name, case) if past.buggy else None
    series = [Series(f"round {nth}", said) for nth, said in rounds.items() if said or nth == 1]
    people = max(each.people for each in series)
    return Predicted(
        past.cases[case].title, f"class-{case}", emails, Histogram(series, emails), people
    )
