"""Put the fix in order: its lines shuffled; another order that does the same is right, too."""

from __future__ import annotations

import ast
from difflib import SequenceMatcher
from random import Random
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from questions.models import Version
from tutor import trial
from tutor.facts import Facts, files
from tutor.kinds.base import Grade, Json, Question

NAME = "order"
TITLE = "put the fix in order"
SURE = True
LISTED = True  # what is answered stands beside the question, so its buttons come after it
BUTTON = "Run my order"
FEWEST, MOST = 4, 12  # lines


def make(facts: Facts, rng: Random, seen: set[str]) -> Question | None:
    buggy = facts.buggy
    if buggy is None:
        return None
    fixes = facts.of_kind(Version.Kind.FIXED, Version.Kind.HARDENED)
    blocks = [(fix, *block) for fix in fixes for block in _blocks(buggy, fix)]
    if not blocks:
        return None
    version, path, first, last = rng.choice(blocks)
    lines = version.files[path].splitlines()
    block = [line for line in lines[first - 1 : last] if line.strip()]
    shuffled = _shuffle(block, rng)
    ask = {
        "scenario": facts.card.scenario,
        "name": "models.py" if path == "snippet.py" else path,
        "lines": shuffled,
        "files": files(buggy),
    }
    key = {
        "lines": block,
        "path": path,
        "before": lines[: first - 1],
        "after": lines[last:],
        "program": trial.program(facts, version),
        "cells": trial.cells(facts, version),
        "title": version.title,
    }
    return Question(ask, key)


def _blocks(buggy: Version, fix: Version) -> list[tuple[str, int, int]]:
    """Return (path, first, last line) of the changed functions and classes of a fix."""
    found = []
    for path, text in fix.files.items():
        if not path.endswith(".py") or path.startswith("case_"):
            continue
        changed = _changed(buggy.files.get(path, ""), text)
        for node in ast.walk(_parsed(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
                last = node.end_lineno or node.lineno
                size = sum(bool(line.strip()) for line in text.splitlines()[first - 1 : last])
                if FEWEST <= size <= MOST and changed & set(range(first, last + 1)):
                    found.append((path, first, last))
    return found


def _parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError:
        return ast.Module([], [])  # some cards are about code that does not parse


def _changed(old: str, new: str) -> set[int]:
    matcher = SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False)
    return {
        line + 1
        for tag, _, _, begin, end in matcher.get_opcodes()
        if tag != "equal"
        for line in range(begin, end)
    }


def _shuffle(lines: list[str], rng: Random) -> list[str]:
    """Shuffle so that moving nothing cannot be right: where a line of the body can, it is first."""
    head = _line(lines[0])["indent"]
    body = any(_line(line)["indent"] > head for line in lines)
    shuffled = list(lines)
    while shuffled == lines or (body and _line(shuffled[0])["indent"] == head):
        rng.shuffle(shuffled)
    return shuffled


def order_of(post: QueryDict, ask: Json) -> list[int]:
    """Return the order on the page: the numbers of the shuffled lines; raise ValidationError."""
    numbers = [int(n) for n in post.get("order", "").split(",") if n.isascii() and n.isdigit()]
    if sorted(numbers) != list(range(len(ask["lines"]))):
        raise ValidationError("The order came incomplete. Load the page again.")
    return numbers


def read(post: QueryDict, ask: Json) -> list[int]:
    return order_of(post, ask)


def work(post: QueryDict, ask: Json, key: Json, who: str, run_id: str = "") -> Json | None:
    """Move one line up or down, `move` is "<line>:up" or "<line>:down"; None if none moves."""
    if "move" not in post:
        return None
    order = order_of(post, ask)
    line, _, way = str(post["move"]).partition(":")
    if line not in {str(n) for n in order} or way not in ("up", "down"):
        raise ValidationError("There is no such line.")
    place = order.index(int(line))
    other = place + (1 if way == "down" else -1)
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return {"order": order, "moved": int(line)}


def keep(post: QueryDict, ask: Json) -> Json:
    """Return the order on the page, to be kept when nothing can run."""
    return {"order": order_of(post, ask)}


WAYS = (("up", "M3 10.5L8 5l5 5.5"), ("down", "M3 5.5L8 11l5-5.5"))  # and the arrow's path


def shown(ask: Json, work: Json, post: QueryDict) -> Json:
    """Return the lines in the order they have now."""
    order = work.get("order") or list(range(len(ask["lines"])))
    moved = work.get("moved")
    return {
        "order": ",".join(map(str, order)),
        "lines": [{"n": n, **_line(ask["lines"][n]), "moved": n == moved} for n in order],
        "moved_to": None if moved is None else order.index(moved) + 1,
        "ways": WAYS,
    }


def _line(text: str) -> dict[str, str]:
    """Return a line and its indent apart: a long line goes on below its own begin."""
    code = text.lstrip(" ")
    return {"indent": " " * (len(text) - len(code)), "text": code}


def said(ask: Json, key: Json, answer: list[int]) -> str:
    return "\n".join(ask["lines"][place] for place in answer)


def grade(ask: Json, key: Json, answer: list[int], who: str = "", run_id: str = "") -> Grade:
    lines = [ask["lines"][n] for n in answer]
    if lines == key["lines"]:
        return Grade(True, 1.0, [f"This is “{key['title']}”, line by line."])
    text = "\n".join([*key["before"], *lines, *key["after"]]) + "\n"
    told = trial.run(key["program"], {key["path"]: text}, who, run_id)
    mine: dict[str, list[Any]] = {each["name"]: [each["emails"], each["error"]] for each in told}
    if mine == key["cells"]:
        says = "Another order than the one written, and it does the same in every case."
        return Grade(True, 1.0, [says], {"told": told})
    return Grade(False, 0.0, trial.says(told) or ["It does something else."], {"told": told})
