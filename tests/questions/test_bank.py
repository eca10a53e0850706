"""The bank as a whole keeps to its own rules, and every rule can be broken."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import msgspec
import pytest
from django.conf import settings

from questions.card_data import ClaimData
from questions.card_folder import read_folder
from questions.measured import claims_to_meet
from tests.questions import quality

CARDS = Path(settings.CARDS_DIR)


@cache
def bank():
    return [read_folder(path.parent) for path in sorted(CARDS.glob("*/card.yaml"))]


@pytest.mark.parametrize("check", quality.CHECKS, ids=lambda check: check.__name__)
def test_bank_keeps_to(check):
    assert list(check(bank())) == []


def put(card, **changes):
    return msgspec.structs.replace(card, **changes)


def code(card, version, text):
    """Return the card with one version's models.py replaced."""
    versions = [
        put(v, files={**v.files, "models.py": text}) if v.name == version else v
        for v in card.versions
    ]
    return put(card, versions=versions)


def all_claims(card, fixed):
    """Return the card with claims of 1 for buggy and these for the fix, case by case."""
    cases = [
        put(case, claims={**case.claims, "buggy": ClaimData(1), "fixed": ClaimData(emails)})
        for case, emails in zip(card.cases, fixed, strict=False)
    ]
    return put(card, cases=cases)


def predicted(card, *, met):
    """Return the card with a case predicted twice, one that the buggy version meets, or misses."""
    one = next(c for c in card.cases if claims_to_meet(c, c.claims["buggy"]) == met)
    return put(card, cases=[put(one, predict=True), put(one, predict=True, name="again")])


def no_decoys(card):
    return put(card, versions=[put(v, kind="hardened") for v in card.versions])


BROKEN = [
    (quality.short_stories, lambda c: put(c, scenario="word " * 81), "81 words"),
    (quality.good_references, lambda c: put(c, references=[]), "0 references"),
    *(
        (quality.good_references, lambda c, url=url: put(c, references=[{"url": url}]), said)
        for url, said in (
            ("http://code.djangoproject.com/ticket/1", "no https address"),
            ("https://code.djangoproject.com", "no https address of a page"),
            ("https://docs.djangoproject.com/en/stable/topics/signals/", "no version"),
            ("https://docs.djangoproject.com/en/dev/topics/signals/", "no version"),
            ("https://docs.python.org/library/weakref.html", "no version"),
        )
    ),
    (quality.bugs_of_their_own, lambda c: put(c, bug_lines={}), "no line is marked"),
    (quality.bugs_of_their_own, lambda c: bank()[1], "have the same bug lines"),
    (quality.nothing_given_away, lambda c: put(c, question=c.answer), "as the answer does"),
    (quality.nothing_given_away, lambda c: put(c, scenario=c.ideas[0]), "as the answer does"),
    (
        quality.nothing_given_away,
        lambda c: put(
            code(c, "fixed", "connect_all_of_them()\n"), question="connect_all_of_them()"
        ),
        "shows the fix",
    ),
    (quality.no_two_begin_alike, lambda c: put(c, question=bank()[1].question), "the question"),
    (quality.no_name_turned_bold, lambda c: put(c, ideas=["__all__ lists"]), "__all__ stands"),
    (quality.narrow_code, lambda c: code(c, "buggy", "#" * 89), "models.py:1: 89 characters"),
    (quality.narrow_code, lambda c: put(c, setup="#" * 89), "setup.py:1: 89 characters"),
    (quality.complete_cards, lambda c: put(c, ideas=["one"]), "1 ideas"),
    (quality.complete_cards, lambda c: put(c, hints=["h"] * 4), "4 hints"),
    (quality.complete_cards, lambda c: put(c, answer=""), "no answer"),
    (quality.telling_cases, lambda c: put(c, cases=c.cases[:1]), "1 cases"),
    (quality.telling_cases, lambda c: all_claims(c, [1, 1, 1]), "agree in every case"),
    (quality.telling_cases, lambda c: all_claims(c, [2, 2, 2]), "agree in no case"),
    (quality.telling_predictions, lambda c: put(c, cases=c.cases[:1]), "cases are predicted"),
    (quality.telling_predictions, lambda c: predicted(c, met=False), "case is missed"),
    (quality.telling_predictions, lambda c: predicted(c, met=True), "case is met"),
]


@pytest.mark.parametrize(("check", "broken", "said"), BROKEN)
def test_rule_can_be_broken(check, broken, said):
    first, *others = bank()
    assert first.slug != quality.SEED
    found = list(check([broken(first), *others]))
    assert found and any(said in words for words in found)


@pytest.mark.parametrize(
    ("cards", "said"),
    [
        (lambda cards: cards[:-1], "47 cards"),
        (lambda cards: [put(c, number=1) for c in cards], "expected numbers 1 to 48"),
        (lambda cards: [put(c, topics=c.topics[:1]) for c in cards[:20]], "Avoiding Circular"),
        (lambda cards: [put(c, difficulty=1) for c in cards], "difficulty 3: no card"),
        (lambda cards: [no_decoys(c) for c in cards], "0 cards have decoys"),
    ],
)
def test_size_of_the_bank_can_be_too_small(cards, said):
    assert any(said in words for words in quality.enough_cards(cards(bank())))


def spelling(*paths):
    command = [sys.executable, "-m", "codespell_lib", "--toml", "pyproject.toml", *map(str, paths)]
    return subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)


def test_spelling(tmp_path):
    files = [path for path in CARDS.rglob("*") if path.suffix in (".yaml", ".py")]
    checked = spelling(*files)
    assert checked.returncode == 0, checked.stdout
    (tmp_path / "card.yaml").write_text("title: It is recieved\n")  # codespell:ignore
    assert spelling(tmp_path / "card.yaml").returncode != 0
