"""A sitting: which questions it has, and each step from asked to done, taken once."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from questions.models import Card, Topic
from tutor import fixes, schedule
from tutor.facts import Facts
from tutor.kinds import KINDS, Grade, Kind, Question
from tutor.models import Attempt, Learner, Quiz, Response, ReviewLog


class NoQuestions(Exception):
    """No card gives a question of the kinds that were asked for."""


def cards_for(learner: Learner, quiz: Quiz, topics: Iterable[Topic]) -> QuerySet[Card]:
    """Return the published cards that the settings of a quiz allow."""
    cards = Card.objects.published()
    if topics := list(topics):
        cards = cards.filter(topics__in=topics)
    if quiz.difficulties:
        cards = cards.filter(difficulty__in=quiz.difficulties)
    if quiz.only == Quiz.Only.DUE:
        cards = cards.filter(pk__in=learner.reviews.due().values("card"))
    if quiz.only == Quiz.Only.WRONG:
        cards = cards.filter(pk__in=wrong_cards(learner))
    return cards.distinct()


def wrong_cards(learner: Learner) -> list[int]:
    """Return the keys of the cards whose last answer in a quiz was not right."""
    done = Response.objects.filter(attempt__learner=learner).exclude(done_at=None)
    last = {response.card_id: response.right for response in done.order_by("done_at", "pk")}
    return [card for card, right in last.items() if not right]


def start(
    learner: Learner,
    quiz: Quiz,
    topics: Iterable[Topic],
    token: uuid.UUID,
    *,
    among: Iterable[int] | None = None,
) -> Attempt:
    """Save a quiz and begin it; the same token again gives the sitting that is there already.

    `among` are the keys of the cards to ask about, in place of all that the quiz allows.
    Raise NoQuestions when no card fits.
    """
    if there := learner.attempts.filter(token=token).first():
        return there
    rng = Random(token.int)  # noqa: S311
    allowed = cards_for(learner, quiz, topics).values_list("pk", flat=True)
    cards = list(allowed if among is None else among)
    kinds = [KINDS[name] for name in quiz.kinds or KINDS if name in KINDS]
    rng.shuffle(cards)
    rng.shuffle(kinds)
    questions = _questions(cards, kinds, rng, _asked(learner))
    return _save(learner, quiz, topics, token, list(islice(questions, quiz.length)))


def start_again(attempt: Attempt, token: uuid.UUID) -> Attempt:
    """Begin a sitting of what was not right in another one: same kinds, other cases if possible.

    Raise NoQuestions when everything was right.
    """
    learner = attempt.learner
    if there := learner.attempts.filter(token=token).first():
        return there
    rng = Random(token.int)  # noqa: S311
    asked = _asked(learner)
    made = []
    for response in attempt.responses.select_related("card"):
        kind = KINDS.get(response.kind)
        if response.right or kind is None:
            continue
        facts = Facts(response.card)
        if question := kind.make(facts, rng, asked[response.card_id, response.kind]):
            made.append((facts, kind, question))
    quiz = Quiz(length=max(1, len(made)), show_time=attempt.quiz.show_time)
    return _save(learner, quiz, [], token, made)


def _asked(learner: Learner) -> defaultdict[tuple[int, str], set[str]]:
    asked = defaultdict(set)
    rows = Response.objects.filter(attempt__learner=learner)
    for card, kind, case in rows.values_list("card", "kind", "case"):
        asked[card, kind].add(case)
    return asked


def _questions(
    cards: list[int], kinds: list[Kind], rng: Random, asked: defaultdict[tuple[int, str], set[str]]
) -> Iterator[tuple[Facts, Kind, Question]]:
    """Give questions card by card, the kinds in turn; no card twice with the same kind."""
    facts: dict[int, Facts] = {}
    used: set[tuple[int, str]] = set()
    for lap in range(len(kinds)):
        for place, card in enumerate(cards):
            if card not in facts:
                facts[card] = Facts(Card.objects.get(pk=card))
            known = facts[card]
            for kind in kinds[(place + lap) % len(kinds) :] + kinds[: (place + lap) % len(kinds)]:
                if (card, kind.NAME) in used:
                    continue
                used.add((card, kind.NAME))
                if question := kind.make(known, rng, asked[card, kind.NAME]):
                    yield known, kind, question
                    break


def _save(
    learner: Learner,
    quiz: Quiz,
    topics: Iterable[Topic],
    token: uuid.UUID,
    made: list[tuple[Facts, Kind, Question]],
) -> Attempt:
    # The questions are made before, outside: a run in the sandbox would hold the database.
    if not made:
        raise NoQuestions
    try:
        with transaction.atomic():
            quiz.learner = learner
            quiz.save()
            quiz.topics.set(topics)
            return _attempt(learner, quiz, token, made)
    except IntegrityError:
        # The other click of a double click was faster.
        return learner.attempts.get(token=token)


def _attempt(
    learner: Learner, quiz: Quiz, token: uuid.UUID, made: list[tuple[Facts, Kind, Question]]
) -> Attempt:
    seed = token.int % 2**63
    attempt = Attempt.objects.create(learner=learner, quiz=quiz, token=token, seed=seed)
    Response.objects.bulk_create(
        Response(
            attempt=attempt,
            position=position,
            kind=kind.NAME,
            card=facts.card,
            case=question.case,
            digest=facts.digest,
            ask=question.ask,
            key=question.key,
        )
        for position, (facts, kind, question) in enumerate(made, start=1)
    )
    return attempt


def asked(response: Response) -> None:
    """Note when the question was first shown."""
    if response.asked_at is None:
        Response.objects.filter(pk=response.pk, asked_at=None).update(asked_at=timezone.now())
        response.refresh_from_db(fields=["asked_at"])  # another tab may have been first


def answer(response: Response, given: Any, sure: str, grade: Grade) -> bool:
    """Keep the first answer and its grade; return False when there was one already."""
    waiting = Response.objects.filter(pk=response.pk, answered_at=None, attempt__finished_at=None)
    kept = waiting.update(
        answer=given,
        sure=sure,
        correct=grade.correct,
        points=grade.points,
        measured={"says": grade.says, **grade.measured},
        answered_at=timezone.now(),
    )
    if kept and response.kind == "fix" and "told" in grade.measured:
        _keep_fix(response, given, grade.measured["told"])
    return bool(kept)


def keep_work(response: Response, work: Any) -> None:
    """Keep what was tried before answering."""
    kept = Response.objects.filter(pk=response.pk, answered_at=None).update(work=work)
    if kept and response.kind == "fix" and "told" in work:
        _keep_fix(response, work["files"], work["told"])


def _keep_fix(response: Response, texts: dict[str, str], told: list[dict[str, Any]]) -> None:
    """Keep what the learner's own text did, for instructors to see what is tried."""
    before = {file["name"]: file["text"] for file in response.ask["files"]}
    own = {name: text for name, text in texts.items() if text != before.get(name)}
    who, card = response.attempt.learner, response.card_id
    fixes.keep(who, card, response.digest, own, fixes.of_told(told))


def skip(response: Response) -> None:
    """Leave a question unanswered for good: it counts as not right."""
    now = timezone.now()
    waiting = Response.objects.filter(pk=response.pk, answered_at=None, attempt__finished_at=None)
    waiting.update(skipped=True, correct=False, points=0, answered_at=now, done_at=now)


@transaction.atomic
def grade(
    response: Response, rating: int, ideas: list[int] | None = None, *, was: int | None = None
) -> int | None:
    """Keep the self-given grade of an answered question, and schedule the card by it.

    `was` is the grade that the learner saw: where there is another one by now, from a second
    tab, that one stands. Return the grade that there is in the end.
    """
    response = Response.objects.select_for_update().get(pk=response.pk)
    if response.answered_at is None or response.skipped:
        return None
    if response.grade not in (was, rating):
        return response.grade
    response.grade = rating
    response.done_at = response.done_at or timezone.now()
    if ideas is not None:
        response.measured = {**(response.measured or {}), "ideas": ideas}
    response.save(update_fields=["grade", "done_at", "measured"])
    log = schedule.turn(response.attempt.learner, response.card, ReviewLog.Source.QUIZ, response)
    log.digest, log.case = response.digest, response.case
    log.sure, log.correct = response.sure, response.correct
    log.offered = offered(response)
    schedule.rate(log, rating)
    if response.attempt.next_position() is None:
        response.attempt.finish()
    return rating


def offered(response: Response) -> int:
    """Return the grade to offer for an answered question."""
    return schedule.offered(schedule.measured(response.correct, response.sure))


def seconds(attempt: Attempt) -> int:
    """Return how long the learner thought about all answered questions, in seconds."""
    times = attempt.responses.exclude(asked_at=None).exclude(answered_at=None)
    spent = times.values_list(F("answered_at") - F("asked_at"), flat=True)
    return round(sum(each.total_seconds() for each in spent))
