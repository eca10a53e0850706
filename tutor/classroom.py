"""A card in class: opened for a group, predicted by learners, counted."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from questions.models import Case
from tutor.counted import by_learners
from tutor.facts import Facts
from tutor.histogram import Histogram, Series
from tutor.kinds import number
from tutor.models import Learner, LearnerGroup, Live
from tutor.predicted import learners_in_class


@transaction.atomic
def open_case(group: LearnerGroup, case: Case) -> Live:
    """Show a case to a group; what was open before is closed. Raise LookupError if unmeasured."""
    facts = Facts(case.card)
    if facts.buggy is None or (facts.buggy.name, case.name) not in facts.claims:
        raise LookupError(f"Nothing was measured of {case}.")
    question = number.question(facts, facts.buggy, case)
    LearnerGroup.objects.select_for_update().get(pk=group.pk)
    group.lives.filter(closed_at=None).update(closed_at=timezone.now())
    return group.lives.create(
        card=case.card, case=case.name, digest=facts.digest, ask=question.ask, key=question.key
    )


@transaction.atomic
def answer(live: Live, learner: Learner, nth: int, emails: int, sure: str) -> bool:
    """Keep a prediction of round `nth`; return False when that round is over."""
    live = Live.objects.select_for_update().get(pk=live.pk)
    if not live.asking or live.round != nth:
        return False
    said = {"emails": emails, "sure": sure}
    live.answers.update_or_create(learner=learner, round=nth, defaults=said)
    return True


def of(live: Live) -> int:
    """Return how many in the group are asked: not who teaches it, nor who may edit the card."""
    return by_learners(live.group.memberships.all(), live.group, card=live.card).count()


def given(live: Live) -> int:
    """Return how many of those asked predicted: in this round, at the end in any."""
    here = learners_in_class(live.answers.filter(learner__memberships__group=live.group_id))
    if live.told or live.closed_at:
        return here.values("learner").distinct().count()
    return here.filter(round=live.round).count()


def histogram(live: Live) -> Histogram | None:
    """Return who said what in the rounds that are revealed; None before the first is.

    What was measured is marked only once it was told: the axis gives nothing away before.
    """
    shown = {1: 0, 2: 1, 3: 1, 4: 2, 5: 2}[live.stage]
    if not shown:
        return None
    series = []
    for nth in range(1, shown + 1):
        rows = (
            learners_in_class(live.answers.filter(round=nth))
            .values("emails")
            .annotate(people=Count("pk"))
        )
        counts = dict(rows.values_list("emails", "people"))
        if counts or nth == 1:
            series.append(Series(f"round {nth}", counts))
    return Histogram(series, live.key["emails"] if live.told else None)
