"""Sittings that were begun and not ended: what each is about, and how to be rid of one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from questions.models import Card
from tutor.kinds import KINDS
from tutor.models import Assignment, Attempt, Learner, Quiz, Response

KINDS_SAID = 3  # more of them are counted


@dataclass
class Begun:
    """A sitting that waits; `name` is that of the quiz set for a group, empty for one's own."""

    attempt: Attempt
    name: str = ""

    @property
    def responses(self) -> list[Response]:
        return list(self.attempt.responses.all())

    @property
    def of(self) -> int:
        return len(self.responses)

    @property
    def position(self) -> int | None:
        """Return the place that it goes on with."""
        return next((each.position for each in self.responses if each.done_at is None), None)

    @property
    def answered(self) -> int:
        """Return how many answers there are; what was skipped has none."""
        return sum(_is_answered(each) for each in self.responses)

    @property
    def about(self) -> str:
        """Return its kinds, topics and what else was chosen: "fix it; any topic; hard"."""
        quiz = self.attempt.quiz
        known = [each.kind for each in self.responses if each.kind in KINDS]
        kinds = list(dict.fromkeys(KINDS[kind].TITLE for kind in known))
        levels = [Card.Difficulty(each).label for each in quiz.difficulties]
        chosen = [", ".join(topic.name for topic in quiz.topics.all()) or "any topic"]
        chosen += [", ".join(levels)] * bool(levels)
        chosen += [quiz.get_only_display()] * bool(quiz.only)
        many = f"{len(kinds)} kinds of question"
        return "; ".join([many if len(kinds) > KINDS_SAID else ", ".join(kinds), *chosen])


def begun(learner: Learner) -> list[Begun]:
    """Return the sittings of a learner that can be resumed, the newest first."""
    waiting = learner.attempts.open().select_related("quiz")
    waiting = waiting.prefetch_related("quiz__topics", "responses")
    names = dict(Assignment.objects.asked_of(learner).values_list("token", "name"))
    return [Begun(attempt, names.get(attempt.token, "")) for attempt in waiting]


def own(learner: Learner) -> QuerySet[Attempt]:
    """Return the sittings that a learner may be rid of: an instructor counts those set."""
    asked = Assignment.objects.asked_of(learner).values_list("token", flat=True)
    return learner.attempts.open().exclude(token__in=list(asked))


@transaction.atomic
def discard(attempt: Attempt) -> bool:
    """End a sitting with what was answered, if anything was; return whether anything stays."""
    attempt.learner.lock()
    answered = [each for each in attempt.responses.order_by("position") if _is_answered(each)]
    if not answered:
        Quiz.objects.filter(pk=attempt.quiz_id).delete()
        return False
    attempt.responses.filter(Q(answered_at=None) | Q(skipped=True)).delete()
    for position, response in enumerate(answered, start=1):
        response.position = position
        response.save(update_fields=["position"])
    attempt.finish()
    return True


def _is_answered(response: Response) -> bool:
    return response.answered_at is not None and not response.skipped
