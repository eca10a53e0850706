"""Scores of answered questions: by topic, by kind, by how sure the learner was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tutor.kinds import KINDS
from tutor.models import Response
from tutor.models.visit import Sure

# What each word is worth when it is meant: right one time in three, two in three, always.
IDEAL = {"guess": 1 / 3, "think": 2 / 3, "sure": 1.0}
LEFT, STEP, BOTTOM, HEIGHT = 110, 117, 258, 240  # of the drawing
WORDS = (58, 15)  # width and height of "12 of 34" in it
STEPS = 60  # places on a line that are looked at


@dataclass
class Score:
    """So many right of so many; `url` leads to more."""

    name: str
    right: int = 0
    of: int = 0
    url: str = ""

    @property
    def percent(self) -> int:
        """Return the share of right answers, 0 to 100."""
        return round(100 * self.right / self.of) if self.of else 0


@dataclass
class Point(Score):
    """A score by how sure, and where it is in the drawing."""

    x: int = 0
    label: tuple[float, float] = (0, 0)

    @property
    def y(self) -> float:
        return BOTTOM - HEIGHT * self.right / self.of if self.of else BOTTOM


@dataclass
class Curve:
    """Right answers by how sure: points that were measured, and the line to compare with."""

    points: list[Point]
    ideal: str

    @property
    def drawn(self) -> list[Point]:
        return [point for point in self.points if point.of]

    @property
    def line(self) -> str:
        """Return the path through the points that have answers."""
        places = [f"{point.x} {point.y:.0f}" for point in self.drawn]
        return "M" + "L".join(places) if places else ""


def by_topic(responses: Iterable[Response]) -> list[Score]:
    """Return a score for each topic of the cards asked; a card counts for all of its topics.

    What learners rate themselves is in no score.
    """
    scores: dict[int, Score] = {}
    for response in responses:
        for topic in [] if response.self_rated else response.card.topics.all():
            new = Score(topic.name, url=topic.get_absolute_url())
            _add(scores.setdefault(topic.pk, new), response.right)
    return sorted(scores.values(), key=lambda score: (-score.of, score.name))


def by_kind(responses: Iterable[Response]) -> list[Score]:
    """Return a score for each kind of question asked."""
    scores: dict[str, Score] = {}
    for response in responses:
        if response.self_rated:
            continue
        title = KINDS[response.kind].TITLE if response.kind in KINDS else response.kind
        _add(scores.setdefault(response.kind, Score(title)), response.right)
    return list(scores.values())


def curve(responses: Iterable[Response]) -> Curve:
    """Return how often the learner was right when guessing, thinking and sure."""
    return curve_of((each.sure, each.right) for each in responses if each.correct is not None)


def curve_of(answers: Iterable[tuple[str, bool | None]]) -> Curve:
    """Return the curve of (how sure, right) pairs; those without a word are left out."""
    points = {word: Point(word, x=LEFT + STEP * place) for place, word in enumerate(Sure.values)}
    for sure, right in answers:
        if sure in points:
            _add(points[sure], bool(right))
    places = [f"{LEFT + STEP * n} {BOTTOM - HEIGHT * IDEAL[w]:.0f}" for n, w in enumerate(IDEAL)]
    curve = Curve(list(points.values()), "M" + "L".join(places))
    for point in curve.drawn:
        point.label = _label(point, curve.drawn)
    return curve


def _label(point: Point, drawn: list[Point]) -> tuple[float, float]:
    """Return where the middle of the words stands: the first place that the line leaves free."""
    free = [place for place in _places(point) if not _is_crossed(place, drawn)]
    return (free or _places(point))[0]


def _places(point: Point) -> list[tuple[float, float]]:
    """Return below, above, and above or below to either side; nothing below the axis."""
    beside = [(x, y) for y in (-12, 24, -4) for x in (38, -38, 48, -48)]
    places = [(point.x + x, point.y + y) for x, y in [(0, 27), (0, -14), *beside, (0, -36)]]
    return [place for place in places if place[1] < BOTTOM - 3]


def _is_crossed(place: tuple[float, float], drawn: list[Point]) -> bool:
    """Return whether the line between the points goes through words at this place."""
    for a, b in pairwise(drawn):
        for n in range(STEPS + 1):
            x, y = a.x + (b.x - a.x) * n / STEPS, a.y + (b.y - a.y) * n / STEPS
            if abs(x - place[0]) < WORDS[0] / 2 and -3 < place[1] - y < WORDS[1]:
                return True
    return False


def _add(score: Score, right: bool) -> None:
    score.right += right
    score.of += 1
