"""Fix it: the learner's own text, run in every case."""

from __future__ import annotations

from random import Random
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from questions import tabs
from questions.models import Version
from sandbox import client
from tutor import trial
from tutor.facts import Facts, files
from tutor.kinds.base import Grade, Json, Question, plain

NAME = "fix"
TITLE = "fix it"
SURE = False
LISTED = True  # what is answered stands beside the question, so its buttons come after it
BUTTON = "Hand in"
LIMIT = 64 * 1024  # bytes a file, as in the sandbox


def make(facts: Facts, rng: Random, seen: set[str]) -> Question | None:
    buggy = facts.buggy
    if buggy is None or not facts.missed(buggy) or client.status().tier == "shipped-only":
        return None
    others = [version for version in facts.versions.values() if version != buggy]
    ask = {
        "scenario": facts.card.scenario,
        "files": files(buggy),
        "cases": [{"title": case.title, "wanted": case.wanted} for case in facts.measured(buggy)],
    }
    best = min((len(facts.missed(version)) for version in others), default=0)
    key = {
        "program": trial.program(facts, buggy),
        "paths": {"models.py": "snippet.py"} if "snippet.py" in buggy.files else {},
        "known": [
            {"title": version.title, "cells": trial.cells(facts, version)}
            for version in [buggy, *facts.of_kind(Version.Kind.DECOY), *others]
        ],
        "best": len(facts.measured(buggy)) - best,
    }
    return Question(ask, key)


def read(post: QueryDict, ask: Json) -> dict[str, str]:
    texts = _texts(post, ask)
    if all(texts[file["name"]] == file["text"] for file in ask["files"]):
        raise ValidationError("This is the card's code as it stands. Change it first.")
    return texts


def _texts(post: QueryDict, ask: Json) -> dict[str, str]:
    texts = {}
    for file in ask["files"]:
        text = plain(post.get(f"file:{file['name']}", ""))
        if len(text.encode()) > LIMIT:
            raise ValidationError(f"{file['name']} is over {LIMIT // 1024} KiB.")
        texts[file["name"]] = text
    return texts


def work(post: QueryDict, ask: Json, key: Json, who: str, run_id: str = "") -> Json | None:
    """Keep the text, or run it, without handing it in; None when it is handed in."""
    if "keep" in post:
        return {"files": _texts(post, ask)}
    if "run" not in post:
        return None
    texts = read(post, ask)
    return {"files": texts, "told": _run(key, texts, who, run_id)}


def keep(post: QueryDict, ask: Json) -> Json:
    """Return the texts on the page, to be kept when nothing can run."""
    return {"files": read(post, ask)}


def is_older(post: QueryDict, ask: Json, work: Json) -> bool:
    """Return whether another tab has kept another text since the page of this one was made."""
    return tabs.is_older(post.get("seen"), _kept(ask, work), _texts(post, ask))


def _kept(ask: Json, work: Json) -> dict[str, str]:
    kept = work.get("files", {})
    return {file["name"]: kept.get(file["name"], file["text"]) for file in ask["files"]}


def shown(ask: Json, work: Json, post: QueryDict) -> Json:
    """Return the texts as the learner left them."""
    kept = _kept(ask, work)
    texts = [
        {
            "name": file["name"],
            "text": post.get(f"file:{file['name']}", kept[file["name"]]),
            "path": "snippet.py" if file.get("snippet") else file["name"],
            "rows": min(40, file["text"].count("\n") + 3),
        }
        for file in ask["files"]
    ]
    return {"texts": texts, "told": work.get("told"), "seen": tabs.mark(kept)}


def grade(ask: Json, key: Json, answer: dict[str, str], who: str = "", run_id: str = "") -> Grade:
    told = _run(key, answer, who, run_id)
    held = sum(each["ok"] for each in told)
    like = trial.behaves_like(told, key["known"])
    says = [f"It holds in {held} of {len(told)} cases."]
    if held < len(told):
        says += [f"It behaves like “{like}”, a version of this card."] if like else []
        says += trial.says(told)
    # As good as the best that is known is right: some cases no version can meet.
    correct = held >= key["best"]
    return Grade(correct, held / len(told), says, {"told": told})


def _run(key: Json, texts: dict[str, str], who: str, run_id: str) -> list[Any]:
    files = {key["paths"].get(name, name): text for name, text in texts.items()}
    return trial.run(key["program"], files, who, run_id)


def said(ask: Json, key: Json, answer: dict[str, str]) -> str:
    return ""
