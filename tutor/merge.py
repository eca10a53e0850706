"""Join a guest's rows to an account: nothing lost, nothing twice."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import F

from questions import playground
from tutor import schedule
from tutor.models import Learner, Playground, Visit


@transaction.atomic
def merge(guest: Learner, *, into: Learner) -> None:
    """Give everything of the guest to the other learner, and remove the guest.

    Quizzes, sittings, shared runs and places in groups change hands. Two visits to one revision
    of a card become one.
    Ratings of both are put in the order they were given and the schedule is made anew.
    """
    if not Learner.objects.select_for_update().filter(pk=guest.pk, user=None).exists():
        return  # Another request of the same browser was faster.
    into.created_at = min(into.created_at, guest.created_at)
    into.save(update_fields=["created_at"])
    guest.quizzes.update(learner=into)
    # The same assignment begun on both sides stays the account's; the guest's becomes a quiz.
    for attempt in guest.attempts.filter(token__in=into.attempts.values("token")):
        attempt.token = uuid.uuid4()
        attempt.save(update_fields=["token"])
    guest.attempts.update(learner=into)
    guest.problems.update(learner=into)
    _merge_fixes(guest, into)
    # Both addresses of a run that both have shared go on working.
    same = into.shared_runs.exclude(digest="").values_list("digest", flat=True)
    guest.shared_runs.filter(digest__in=list(same)).update(digest="")
    guest.shared_runs.update(learner=into)
    guest.memberships.exclude(group__in=into.memberships.values("group")).update(learner=into)
    for left in guest.left.exclude(group__in=into.left.values("group")):
        left.learner = into
        left.save(update_fields=["learner"])
    for answer in guest.live_answers.all():
        if not into.live_answers.filter(live=answer.live_id, round=answer.round).exists():
            answer.learner = into
            answer.save(update_fields=["learner"])
    for visit in guest.visits.select_related("card"):
        _merge_visit(visit, into)
    _merge_playground(guest, into)
    _merge_reviews(guest, into)
    guest.delete()


def _merge_fixes(guest: Learner, into: Learner) -> None:
    for fix in guest.fixes.all():
        same = into.fixes.filter(card=fix.card_id, digest=fix.digest, ledger=fix.ledger)
        if not same.update(runs=F("runs") + fix.runs):
            fix.learner = into
            fix.save(update_fields=["learner"])


def _merge_visit(visit: Visit, into: Learner) -> None:
    mine = into.visits.filter(card=visit.card, digest=visit.digest).first()
    if mine is None:
        visit.learner = into
        visit.save(update_fields=["learner"])
        return
    older, newer = sorted((mine, visit), key=lambda each: each.updated_at)
    first, second = sorted((mine, visit), key=lambda each: each.created_at)
    lost = _lost_texts(older, newer)
    mine.predictions, mine.words, mine.draft, mine.rating = (
        {**second.predictions, **first.predictions},
        newer.words or older.words,
        newer.draft or older.draft,
        newer.rating or older.rating,
    )
    mine.ran, mine.explained = mine.ran or visit.ran, mine.explained or visit.explained
    mine.shown = first.shown if first.explained else first.shown or second.shown
    mine.hints = max(mine.hints, visit.hints)
    mine.ideas = sorted({*mine.ideas, *visit.ideas})
    mine.earlier = [*mine.earlier, *visit.earlier, *lost]
    mine.save()
    visit.delete()


def _merge_playground(guest: Learner, into: Learner) -> None:
    """Keep the newer text of the learner's own; the other one is put aside."""
    rows = {row.learner_id: row for row in Playground.objects.filter(learner__in=[guest, into])}
    theirs, mine = rows.get(guest.pk), rows.get(into.pk)
    if theirs is None:
        return
    if mine is None:
        theirs.learner = into
        theirs.save(update_fields=["learner"])
        return
    older, newer = sorted((mine, theirs), key=lambda each: each.updated_at)
    if not playground.is_own(playground.read(newer.draft)):
        older, newer = newer, older
    aside = [{**each, "why": "signed in"} for each in older.earlier]
    if older.draft != newer.draft and playground.is_own(playground.read(older.draft)):
        aside.append({"draft": older.draft, "why": "signed in"})
    mine.draft, mine.earlier = newer.draft, [*aside, *newer.earlier]
    theirs.delete()
    mine.save()


def _lost_texts(older: Visit, newer: Visit) -> list[dict[str, object]]:
    words = older.words if newer.words and older.words != newer.words else ""
    draft = older.draft if newer.draft and older.draft != newer.draft else {}
    return [{"words": words, "draft": draft, "why": "signed in"}] if words or draft else []


def _merge_reviews(guest: Learner, into: Learner) -> None:
    guest.reviews.all().delete()
    cards = {log.card for log in guest.review_logs.select_related("card")}
    for card in cards:
        both = list(into.review_logs.filter(card=card)) + list(guest.review_logs.filter(card=card))
        rated = sorted((log for log in both if log.rated_at), key=lambda log: log.given()[1])
        # An open turn on both sides is one turn too many; the account's own stays.
        waiting = [log for log in both if not log.rated_at][:1]
        for log in both:
            if log not in rated + waiting:
                log.delete()
        _renumber([*rated, *waiting], into)
        schedule.rebuild(into, card)


def _renumber(logs: list, into: Learner) -> None:
    # Twice over: high numbers first, so that no two rows share a place on the way.
    for start in (10_000, 1):
        for nth, log in enumerate(logs, start=start):
            log.learner, log.nth = into, nth
            log.save(update_fields=["learner", "nth"])
