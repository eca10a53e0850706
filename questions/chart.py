"""The train graph of a trace: where lanes, legs and stops are drawn; templates write the SVG."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from questions.say import Lane
from questions.trace import Step, Trace


class Size(NamedTuple):
    """Measures of one drawing, in its own units; `most` steps fit before it scrolls."""

    name: str
    width: float
    left: float
    right: float
    lane_from: float
    top: float
    gap: float
    radius: float
    bottom: float
    widest: float
    most: int
    mail: tuple[float, float]


WIDE = Size("wide", 1072, 282, 1012, 266, 46, 62, 13.5, 52, 104, 14, (34, 24))
TALL = Size("tall", 344, 104, 316, 88, 34, 56, 9.2, 52, 40, 12, (23, 17))
MINI = Size("mini-chart", 290, 12, 278, 4, 12, 20, 5, 12, 24, 14, (15, 11))
BACK = 0.42  # How far into a leg the dotted return reaches the lane of the cause.


class Track(NamedTuple):
    """One lane as drawn; `who` is broken into lines where it is narrow."""

    y: float
    who: tuple[str, ...]
    where: str


class Leg(NamedTuple):
    """One line between two stops: run, again, idle or back."""

    kind: str
    d: str


class Dot(NamedTuple):
    """Where a return reaches the lane of its cause."""

    x: float
    y: float
    kind: str


class Stop(NamedTuple):
    """One step as drawn."""

    step: Step
    x: float
    y: float
    kind: str
    say: str = ""


@dataclass
class Chart:
    """A drawing of a trace in one size; `long` when it is wider than its box."""

    size: Size
    trace: Trace
    width: float
    height: float
    lane_to: float
    tracks: list[Track]
    legs: list[Leg] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)

    @property
    def long(self) -> bool:
        return self.width > self.size.width


def draw(trace: Trace, size: Size) -> Chart:
    """Place the lanes, legs and stops of a trace."""
    count = len(trace.steps)
    room = size.right - size.left
    apart = room / max(1, min(count, size.most) - 1)
    apart = min(apart, size.widest)
    width = max(size.width, size.left + apart * (count - 1) + size.width - size.right)
    tracks = [
        Track(size.top + size.gap * i, broken(lane, size), lane.where)
        for i, lane in enumerate(trace.lanes)
    ]
    height = size.top + size.gap * (len(trace.lanes) - 1) + size.bottom
    chart = Chart(size, trace, width, height, width - 20 if size is not MINI else width - 8, tracks)
    rows = {lane.key: track.y for lane, track in zip(trace.lanes, tracks, strict=True)}
    places = [(size.left + apart * i, rows[s.lane.key]) for i, s in enumerate(trace.steps)]
    for i, step in enumerate(trace.steps):
        if i:
            _leg(chart, step, places, i)
        _stop(chart, step, places, i)
    return chart


def _leg(chart: Chart, step: Step, places: list[tuple[float, float]], i: int) -> None:
    """Draw the way to a step: straight from its cause, or by a dotted return to it first."""
    (x0, y0), (x1, y1) = places[i - 1], places[i]
    kind = kind_of(step)
    if step.cause in (0, i):
        # A new line of the case is not caused by the step before it.
        chart.legs.append(Leg("back" if step.cause == 0 else f"run {kind}", way(x0, y0, x1, y1)))
        return
    xb, yb = x0 + BACK * (x1 - x0), places[step.cause - 1][1]
    chart.legs.append(Leg("back", way(x0, y0, xb, yb)))
    chart.legs.append(Leg(f"run {kind}", way(xb, yb, x1, y1)))
    chart.dots.append(Dot(round(xb, 1), yb, kind))


def _stop(chart: Chart, step: Step, places: list[tuple[float, float]], i: int) -> None:
    x, y = places[i]
    chart.stops.append(Stop(step, round(x, 1), y, kind_of(step), _label(chart, step, x)))


def _label(chart: Chart, step: Step, x: float) -> str:
    """Return what stands at an email or where the repetition begins, if there is room for it."""
    if step.email:
        before = [s.x for s in chart.stops if s.step.email]
        near = before and x - before[-1] < (118 if chart.size is WIDE else 62)
        word = "too many" if step.extra else "wanted"
        if near:
            return str(step.email)
        return f"email {step.email}: {word}" if chart.size is WIDE else f"{step.email}: {word}"
    first = step.again and not any(s.step.again for s in chart.stops)
    if not first or step.words.name != "save()":
        return ""
    _, inside, signal = step.words.rest.rpartition(", inside ")
    return f"saves again{inside}{signal}" if inside and chart.size is WIDE else "saves again"


def kind_of(step: Step) -> str:
    """Return the class of a step's line and stop."""
    return "idle" if step.idle else "again" if step.again else ""


def way(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return a straight path."""
    return f"M{x0:.1f} {y0:g}L{x1:.1f} {y1:g}"


def broken(lane: Lane, size: Size) -> tuple[str, ...]:
    """Return a lane's name in as many lines as a narrow chart has room for: two of 13 signs."""
    if size is not TALL:
        return (lane.who if len(lane.who) <= 30 else lane.who[:29] + "…",)
    name = {"the case": "case", "the transaction": "transaction"}.get(lane.who, lane.who)
    name = re.sub(r"^\w+\.(?=(save|delete)\(\))", "", name)
    if len(name) <= 13:
        return (name,)
    cut = max(name.rfind("_", 3, 13), name.rfind(".", 3, 13), name.rfind(" ", 3, 13))
    cut = cut if cut > 0 else 12
    rest = name[cut:]
    return name[:cut], rest if len(rest) <= 14 else rest[:13] + "…"
