"""What the learner's pages draw."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import date_format

from questions import code
from questions.models import Card
from questions.templatetags.cards import excerpt
from questions.visits import RATINGS
from questions.visits import how_sure as sure_words
from tutor.models import Assignment, Problem

register = template.Library()

MOST_ROWS = 32  # of code that is written smaller to be seen at once
OPEN = 30  # lines of code that stand open where several pieces are shown


@register.simple_tag
def open_problems(user: Any) -> int:
    """Return how many problems with cards wait for this instructor's answer."""
    return Problem.objects.seen_by(user).filter(answered_at=None).count()


@register.simple_tag
def quizzes_with(card: Card, user: Any) -> dict[str, Any]:
    """Return {all, seen} of the quizzes set with this card: how many, and those the user reads."""
    there = Assignment.objects.filter(cards=card.pk, group__archived_at=None)
    return {"all": there.count(), "seen": there.seen_by(user).select_related("group")}


@register.filter
def code_lines(text: str, name: str = "models.py") -> Any:
    """Return the highlighted lines of a file or a case, without the notes on a case's top."""
    return code.shown(text, name)


@register.filter
def code_size(texts: list[str]) -> str:
    """Return the classes that say how much room code wants: of all texts, or of the longest."""
    sizes = [text.splitlines() for text in texts]
    # Between two files stand a gap and a name.
    rows = sum(map(len, sizes)) + 4 * (len(sizes) - 1)
    if rows > MOST_ROWS:
        rows = max(map(len, sizes))
    columns = max((len(line) for lines in sizes for line in lines), default=0)
    return f"rows{_even(rows, 8, MOST_ROWS, 2)} cols{_even(columns, 40, 88, 16)}"


def _even(number: int, least: int, most: int, step: int) -> int:
    """Return the first of least, least + step, ... that number fits into; at most the last."""
    return min(most, least + max(0, -((least - number) // step)) * step)


@register.filter
def texts(ask: dict[str, Any], which: str) -> list[str]:
    """Return the texts of an ask's files, or of its case."""
    return [ask.get("action", "")] if which == "case" else [file["text"] for file in ask["files"]]


@register.filter
def turns(text: str) -> bool:
    """Return whether a text has characters that turn the order in which it is shown."""
    return code.turns(text)


@register.filter
def choosable(line: code.Line) -> bool:
    """Return whether a line does something: neither empty nor a comment."""
    return bool(line.text.strip()) and not line.text.strip().startswith("#")


@register.filter
def lines_of(places: list[str] | None, name: str) -> list[int]:
    """Return the line numbers of those "file:line" places that are in this file."""
    found = (place.rpartition(":") for place in places or [])
    return [int(number) for path, _, number in found if path == name]


@register.filter
def only_line(place: str | None, name: str) -> int:
    """Return the line number of one "file:line" place in this file; 0 where it is elsewhere."""
    return (*lines_of([place] if place else [], name), 0)[0]


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """Return mapping[key], or None."""
    return mapping.get(key) if mapping else None


@register.filter
def typed_number(post: Any, place: int) -> str:
    """Return what was typed into the field `emails_<place>`."""
    return post.get(f"emails_{place}", "")


@register.filter
def field_name(place: int, name: str) -> str:
    """Return the name of the field at this place: which_0."""
    return f"{name}_{place}"


@register.filter
def at(items: list[Any] | None, place: int) -> Any:
    """Return the item at this place; None without items."""
    return items[place] if items else None


@register.filter
def has_right(key: dict[str, Any] | None, place: int) -> bool:
    """Return whether the option at this place is right; before the answer there is no key."""
    return place in key["right"] if key else False


@register.filter
def ordered(lines: list[str], order: list[int]) -> list[str]:
    """Return the lines in this order of their places."""
    return [lines[place] for place in order]


@register.filter
def error_name(error: str) -> str:
    """Return "TypeError" of "case:TypeError", and a limit as it is."""
    return error.rpartition(":")[2]


@register.filter
def sentence(text: str) -> str:
    """Return a line with a capital first letter, unless it begins with code: "save() twice"."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.rstrip(",:;").isalpha() else text


@register.filter
def opening(story: str, most: int = 260) -> str:
    """Return the first whole sentences of a story as plain text, at most so many characters."""
    said = ""
    for each in re.findall(r".+?[.?!][\"”’)]*(?=\s|$)", excerpt(story, 4000)):
        if said and len(said + each) > most:
            break
        said += each
    return said or excerpt(story, most)


@register.filter
def joined(lines: list[str]) -> str:
    """Return lines as one text."""
    return "\n".join(lines)


@register.filter
def percent(part: int, of: int) -> int:
    """Return a share as a whole number from 0 to 100."""
    return round(100 * part / of) if of else 0


@register.filter
def offered_by_ticks(grades: list[int]) -> str:
    """Return which ticks offer which grade: "“Again” with 0 or 1, …, “Easy” with all"."""
    most = len(grades) - 1
    words = []
    for grade in dict.fromkeys(grades):
        with_it = [n for n, each in enumerate(grades) if each == grade]
        ticks = " or ".join("all" if n == most else str(n) for n in with_it)
        words.append(f"“{RATINGS[grade]}” with {ticks}")
    return ", ".join(words)


@register.filter
def letter(number: int) -> str:
    """Return A for 0, B for 1, …"""
    return chr(ord("A") + number)


@register.simple_tag
def tally(right: int, of: int, own: int, word: str = "") -> str:
    """Return "1 of 2 right": of what was measured, and beside it what learners rated alone."""
    rated = f"{own} self-rated"
    if not of:
        return rated
    said = f"{right} of {of} {word}".rstrip()
    return f"{said}, {rated}" if own else said


@register.filter
def clock(seconds: int) -> str:
    """Return 75 as 1:15."""
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def share(part: float | None) -> str:
    """Return 0.667 as "67%"; nothing measured is a dash."""
    return "–" if part is None else f"{round(100 * part)}%"


@register.filter
def minutes(time: timedelta) -> str:
    """Return a time as minutes and seconds, "1:15"."""
    return clock(round(time.total_seconds()))


@register.filter
def moment(when: datetime) -> str:
    """Return "1 March, 10:00", with the year where it is not this one."""
    there = timezone.localtime(when)
    this_year = there.year == timezone.localtime().year
    return date_format(there, "j F, H:i" if this_year else "j F Y, H:i")


SIGNS = {"+": ("+", "added"), "-": ("−", "removed"), "…": ("…", ""), "": ("", "")}


@register.filter
def coloured(lines: list[dict[str, str]], name: str) -> list[dict[str, Any]]:
    """Return the lines of a change with their HTML, sign and the word for the sign."""
    html = code.lines("\n".join(line["text"] for line in lines), name)
    return [
        {
            "sign": line["sign"],
            "mark": SIGNS[line["sign"]][0],
            "word": SIGNS[line["sign"]][1],
            "html": html[n].html if n < len(html) else "",
        }
        for n, line in enumerate(lines)
    ]


@register.filter
def counts(changes: list[dict[str, Any]]) -> str:
    """Return how many lines are added and removed, "+5 −2"."""
    signs = [line["sign"] for change in changes for line in change["lines"]]
    told = {"+": signs.count("+"), "−": signs.count("-")}
    return " ".join(f"{sign}{n}" for sign, n in told.items() if n)


@register.filter
def is_long(pieces: list[dict[str, Any]]) -> bool:
    """Return whether these files or changes are too long to stand open beside others."""
    return sum(_length(piece) for piece in pieces) > OPEN


@register.filter
def are_long(options: list[dict[str, Any]]) -> bool:
    """Return whether the changes of all options are too long to stand open below each other."""
    return is_long([change for option in options for change in option["changes"]])


def _length(piece: dict[str, Any]) -> int:
    return len(piece["lines"]) if "lines" in piece else piece["text"].count("\n") + 1


@register.filter
def grouped(field: BoundField) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the choices of a field by group, [(name, [{value, label, selected}])]."""
    context = field.field.widget.get_context(field.html_name, field.value(), {})
    return [(name, choices) for name, choices, _ in context["widget"]["optgroups"]]


@register.filter
def how_sure(sure: str) -> str:
    """Return how sure a number was said, to stand after it: ", as a guess"."""
    return sure_words(sure)
