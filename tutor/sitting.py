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
from questions.visits import self_given
from tutor import fixes, schedule, spread
from tutor.facts import Facts
from tutor.kinds import KINDS, Grade
from tutor.models import Assignment, Attempt, Learner, Quiz, Response, ReviewLog

FIXED = ("kind", "case", "digest", "ask", "key")


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
        cards = cards.filter(pk__in={card for card, _ in missed(learner)})
    return cards.distinct()


def missed(learner: Learner) -> list[tuple[int, str]]:
    """Return (card, kind) of what was not right when it was last asked in a quiz, oldest first."""
    done = Response.objects.filter(attempt__learner=learner, card__status=Card.Status.PUBLISHED)
    done = done.exclude(done_at=None).order_by("done_at", "pk")
    last = {(each.card_id, each.kind): each.right for each in done}
    return [pair for pair, right in last.items() if not right and pair[1] in KINDS]


def start(
    learner: Learner,
    quiz: Quiz,
    topics: Iterable[Topic],
    token: uuid.UUID,
) -> Attempt:
    """Save a quiz and begin it; the same token again gives the sitting that is there already.

    Raise NoQuestions when no card fits.
    """
    if there := learner.attempts.filter(token=token).first():
        return there
    cards = cards_for(learner, quiz, topics).values_list("pk", flat=True)
    if quiz.only == Quiz.Only.WRONG:
        allowed, kinds = set(cards), quiz.kinds or KINDS
        pairs = [(c, kind) for c, kind in missed(learner) if c in allowed and kind in kinds]
        made = list(islice(_again(learner, pairs, token), quiz.length))
        return _save(learner, quiz, topics, token, made)
    made = spread.questions(cards, quiz.kinds, quiz.length, token.int, _asked(learner))
    return _save(learner, quiz, topics, token, made)


def start_set(learner: Learner, assignment: Assignment) -> Attempt:
    """Begin what is set for a group, with the questions that everybody in it is asked."""
    if there := learner.attempts.filter(token=assignment.token).first():
        return there
    quiz = Quiz(kinds=assignment.kinds, length=assignment.length)
    return _save(learner, quiz, [], assignment.token, set_questions(assignment))


def set_questions(assignment: Assignment) -> list[Response]:
    """Return the questions that are fixed for a group; fix them where none are."""
    if not assignment.questions:
        cards = assignment.cards.published().order_by("number").values_list("pk", flat=True)
        made = fixed(cards, assignment.kinds, assignment.length, assignment.token)
        with transaction.atomic():
            # The first of two who begin at once fixes them for both.
            locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
            if not locked.questions:
                locked.questions = made
                locked.save(update_fields=["questions"])
        assignment.questions = locked.questions
    known = Card.objects.in_bulk([each["card"] for each in assignment.questions])
    return [
        Response(card=known[each["card"]], **{name: each[name] for name in FIXED})
        for each in assignment.questions
        if each["card"] in known
    ]


def fixed(
    cards: Iterable[int], kinds: Iterable[str], length: int, token: uuid.UUID
) -> list[dict[str, Any]]:
    """Return questions to be kept with an assignment: the same for all, whatever they saw."""
    made = spread.questions(cards, kinds, length, token.int)
    return [
        {"card": each.card_id, **{name: getattr(each, name) for name in FIXED}} for each in made
    ]


def start_again(attempt: Attempt, token: uuid.UUID) -> Attempt:
    """Begin a sitting of what was not right in another one: same kinds, other cases if possible.

    Raise NoQuestions when everything was right.
    """
    learner = attempt.learner
    if there := learner.attempts.filter(token=token).first():
        return there
    pairs = [(each.card_id, each.kind) for each in attempt.responses.all() if not each.right]
    made = list(_again(learner, pairs, token))
    quiz = Quiz(length=max(1, len(made)), show_time=attempt.quiz.show_time)
    return _save(learner, quiz, [], token, made)


def _again(
    learner: Learner, pairs: Iterable[tuple[int, str]], token: uuid.UUID
) -> Iterator[Response]:
    """Give a question of each (card, kind) that can be asked, of another case if possible."""
    rng = Random(token.int)  # noqa: S311
    asked = _asked(learner)
    for card, name in pairs:
        facts = Facts(Card.objects.get(pk=card))
        kind = KINDS.get(name)
        if kind and (question := kind.make(facts, rng, asked[card, name])):
            yield spread.response(facts, kind, question)


def _asked(learner: Learner) -> defaultdict[tuple[int, str], set[str]]:
    asked = defaultdict(set)
    rows = Response.objects.filter(attempt__learner=learner)
    for card, kind, case in rows.values_list("card", "kind", "case"):
        asked[card, kind].add(case)
    return asked


def _save(
    learner: Learner,
    quiz: Quiz,
    topics: Iterable[Topic],
    token: uuid.UUID,
    made: list[Response],
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


def _attempt(learner: Learner, quiz: Quiz, token: uuid.UUID, made: list[Response]) -> Attempt:
    seed = token.int % 2**63
    attempt = Attempt.objects.create(learner=learner, quiz=quiz, token=token, seed=seed)
    for position, each in enumerate(made, start=1):
        each.attempt, each.position = attempt, position
    Response.objects.bulk_create(made)
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
    """Return the grade to offer for an answer: for own words what the ticks stand for."""
    said = None
    if response.kind == "explain":
        ticked = len((response.measured or {}).get("ideas", []))
        said = self_given(ticked, len(response.key.get("ideas", [])))
    return schedule.offered(schedule.measured(response.correct, response.sure), said)


def by_ticks(ideas: int) -> list[int]:
    """Return the grade offered with none of so many ideas ticked, with one, and so on to all."""
    return [self_given(ticked, ideas) or 3 for ticked in range(ideas + 1)] if ideas else []


def seconds(attempt: Attempt) -> int:
    """Return how long the learner thought about all answered questions, in seconds."""
    times = attempt.responses.exclude(asked_at=None).exclude(answered_at=None)
    spent = times.values_list(F("answered_at") - F("asked_at"), flat=True)
    return round(sum(each.total_seconds() for each in spent))
