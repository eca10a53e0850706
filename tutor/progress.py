"""Where a learner stands: by topic, by day, and how sure against how right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from questions.models import Card, Topic
from tutor import past, score
from tutor.models import Learner, Response, ReviewLog

DAYS = 14
LEFT, STEP, WIDTH, BOTTOM, HEIGHT = 11.5, 39.14, 28.2, 140, 118  # of the drawing, 560 × 170


@dataclass
class Standing:
    """How many cards of a topic are on the schedule, of how many, and how many are due."""

    topic: Topic
    begun: int
    of: int
    due: int

    @property
    def percent(self) -> int:
        return round(100 * self.begun / self.of) if self.of else 0


@dataclass
class Bar:
    """One day of a drawing: its word, its count, its place."""

    day: date
    word: str
    count: int
    x: float
    height: float

    @property
    def y(self) -> float:
        return BOTTOM - self.height

    @property
    def middle(self) -> float:
        return self.x + WIDTH / 2

    @property
    def label_y(self) -> float:
        return self.y - 6


def by_topic(learner: Learner | None) -> list[Standing]:
    """Return a standing for each topic that has published cards."""
    published = Q(cards__status=Card.Status.PUBLISHED)
    topics = Topic.objects.annotate(of=Count("cards", filter=published)).filter(of__gt=0)
    # A count drops the order that topics have by themselves.
    topics = topics.order_by("order", "name")
    begun, due = _counts(learner, due=False), _counts(learner, due=True)
    return [Standing(t, begun[t.pk], t.of, due[t.pk]) for t in topics]


def _counts(learner: Learner | None, *, due: bool) -> Counter[int]:
    if learner is None:
        return Counter()
    reviews = learner.reviews.filter(card__status=Card.Status.PUBLISHED)
    if due:
        reviews = reviews.filter(due__lte=timezone.now())
    return Counter(reviews.values_list("card__topics", flat=True))


def forecast(learner: Learner) -> list[Bar]:
    """Return how many cards come back on each of the next 14 days; what is overdue is today's."""
    today = timezone.localdate()
    dues = learner.reviews.filter(card__status=Card.Status.PUBLISHED).values_list("due", flat=True)
    days = Counter(max(today, timezone.localdate(due)) for due in dues)
    return _bars([today + timedelta(days=n) for n in range(DAYS)], days)


def last_days(learner: Learner) -> list[Bar]:
    """Return with how many cards the learner worked on each of the last 14 days."""
    today = timezone.localdate()
    begin = timezone.now() - timedelta(days=DAYS)
    rated = learner.review_logs.filter(rated_at__gte=begin).values_list("card", "rated_at")
    visits = learner.visits.filter(updated_at__gte=begin).values_list("card", "updated_at")
    worked = {(card, timezone.localdate(when)) for card, when in [*rated, *visits]}
    days = Counter(day for _, day in worked)
    return _bars([today - timedelta(days=n) for n in reversed(range(DAYS))], days)


def _bars(days: Iterable[date], counts: Counter[date]) -> list[Bar]:
    days, today = list(days), timezone.localdate()
    most = max((counts[day] for day in days), default=0) or 1
    return [
        Bar(
            day,
            "today" if day == today else str(day.day),
            counts[day],
            round(LEFT + STEP * n, 1),
            round(HEIGHT * counts[day] / most, 1),
        )
        for n, day in enumerate(days)
    ]


def curve(learner: Learner) -> score.Curve:
    """Return how often the learner was right when guessing, thinking and sure, anywhere.

    Counted is every prediction of a card's page, rated or not, and every answer in a quiz or a
    review. What the page's rating holds is one of those predictions, so it is left out.
    """
    answers = Response.objects.filter(attempt__learner=learner).exclude(correct=None)
    logs = learner.review_logs.exclude(correct=None).filter(source=ReviewLog.Source.REVIEW)
    said = [(s["sure"], right) for _, _, s, right in past.predictions(learner) if right is not None]
    return score.curve_of(
        [*said, *answers.values_list("sure", "correct"), *logs.values_list("sure", "correct")]
    )
