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
    """One lane as drawn: its line, and its name, in two lines where it is narrow."""

    d: str
    who: tuple[tuple[str, str], ...]
    where: str
    where_y: str


class Leg(NamedTuple):
    """One line between two stops: run, again, idle or back."""

    kind: str
    d: str


class Dot(NamedTuple):
    """Where a return reaches the lane of its cause."""

    x: str
    y: str
    kind: str


class Stop(NamedTuple):
    """One step as drawn: a circle with its number in it, or an envelope with it beside."""

    step: Step
    x: str
    y: str
    kind: str
    number_x: str
    number_y: str
    mail: str = ""
    flap: str = ""
    say: str = ""
    say_x: str = ""
    say_y: str = ""


@dataclass
class Chart:
    """A drawing of a trace in one size; `long` when it is wider than its box."""

    size: Size
    trace: Trace
    width: float
    height: float
    tracks: list[Track]
    places: list[tuple[float, float]]
    legs: list[Leg] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)

    @property
    def long(self) -> bool:
        return self.width > self.size.width

    @property
    def box(self) -> str:
        return f"0 0 {self.width:g} {self.height:g}"

    @property
    def radius(self) -> float:
        return self.size.radius


def draw(trace: Trace, size: Size) -> Chart:
    """Place the lanes, legs and stops of a trace."""
    count = len(trace.steps)
    room = size.right - size.left
    apart = room / max(1, min(count, size.most) - 1)
    apart = min(apart, size.widest)
    width = max(size.width, round(size.left + apart * (count - 1) + size.width - size.right))
    lane_to = width - (8 if size is MINI else 20)
    height = size.top + size.gap * (len(trace.lanes) - 1) + size.bottom
    rows = {lane.key: size.top + size.gap * i for i, lane in enumerate(trace.lanes)}
    places = [(size.left + apart * i, rows[s.lane.key]) for i, s in enumerate(trace.steps)]
    tracks = [_track(lane, rows[lane.key], size, lane_to) for lane in trace.lanes]
    chart = Chart(size, trace, width, height, tracks, places)
    for i, step in enumerate(trace.steps):
        if i:
            _leg(chart, step, i)
        _stop(chart, step, i)
    return chart


def _track(lane: Lane, y: float, size: Size, to: float) -> Track:
    names = broken(lane, size)
    # Wide: the name on the line and the place below it. Tall: around the middle of the line.
    first = y - 1 if size is WIDE else y + 4 if len(names) == 1 else y - 2
    who = tuple((name, f"{first + 13 * i:g}") for i, name in enumerate(names))
    return Track(f"M{size.lane_from:g} {y:g}H{to:g}", who, lane.where, f"{y + 15:g}")


def _leg(chart: Chart, step: Step, i: int) -> None:
    """Draw the way to a step: straight from its cause, or by a dotted return to it first."""
    (x0, y0), (x1, y1) = chart.places[i - 1], chart.places[i]
    kind = kind_of(step)
    if step.cause in (0, i):
        # A new line of the case is not caused by the step before it.
        chart.legs.append(Leg("back" if step.cause == 0 else f"run {kind}", way(x0, y0, x1, y1)))
        return
    xb, yb = x0 + BACK * (x1 - x0), chart.places[step.cause - 1][1]
    chart.legs.append(Leg("back", way(x0, y0, xb, yb)))
    chart.legs.append(Leg(f"run {kind}", way(xb, yb, x1, y1)))
    chart.dots.append(Dot(f"{xb:.1f}", f"{yb:g}", kind))


def _stop(chart: Chart, step: Step, i: int) -> None:
    (x, y), size = chart.places[i], chart.size
    stop = Stop(step, f"{x:.1f}", f"{y:g}", kind_of(step), f"{x:.1f}", f"{y + 4.2:.1f}")
    if say := _label(chart, step, i):
        # Under an envelope; beside a stop, where neither the leg to it nor from it passes.
        wide = size is WIDE
        right, up, down = (22, 13, 32) if wide else (14, 9, 25.5)
        place = (x, y + down) if step.email else (x + right, y - up)
        stop = stop._replace(say=say, say_x=f"{place[0]:.1f}", say_y=f"{place[1]:g}")
    if step.email:
        w, h = size.mail
        stop = stop._replace(
            mail=f"translate({x - w / 2:.1f} {y - h / 2:g})",
            flap=f"M0 .8L{w / 2:g} {h * 0.58:.1f}L{w:g} .8",
            number_x=f"{x + w / 2 + 10:.1f}",
            number_y=f"{y + 4:g}",
        )
    chart.stops.append(stop)


def _label(chart: Chart, step: Step, i: int) -> str:
    """Return what stands at an email or where the repetition begins, if there is room for it."""
    if step.email:
        room = 118 if chart.size is WIDE else 62
        near = any(
            0 < abs(chart.places[i][0] - chart.places[other.n - 1][0]) < room
            for other in chart.trace.steps
            if other.email
        )
        if near:
            return str(step.email)
        said = f"{step.email}: {step.word}"
        return f"email {said}" if chart.size is WIDE else said
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
