"""Explain in own words, then tick the ideas that were in it: graded by the learner."""

from __future__ import annotations

from random import Random

from django.core.exceptions import ValidationError
from django.http import QueryDict

from questions.forms import WORDS, not_longer
from tutor.facts import Facts, files
from tutor.kinds.base import Grade, Json, Question, plain

NAME = "explain"
TITLE = "explain in own words"
SURE = False


def make(facts: Facts, rng: Random, seen: set[str]) -> Question | None:
    if facts.buggy is None or not facts.card.ideas:
        return None
    ask = {
        "scenario": facts.card.scenario,
        "question": facts.card.question,
        "files": files(facts.buggy),
    }
    return Question(ask, {"ideas": list(facts.card.ideas)})


def read(post: QueryDict, ask: Json) -> str:
    words = plain(post.get("words", ""))
    if not words.strip():
        raise ValidationError("Write a sentence or two; a guess is fine.")
    return not_longer(words, WORDS)


def grade(ask: Json, key: Json, answer: str, who: str = "", run_id: str = "") -> Grade:
    return Grade(None, None)


def said(ask: Json, key: Json, answer: str) -> str:
    return ""
