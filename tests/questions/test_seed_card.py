"""The seed card: its words and its code are the seed's."""

from pathlib import Path

import pytest
from django.conf import settings

from questions.card_folder import read_folder

HERE = Path(__file__).parent
FOLDER = settings.CARDS_DIR / "profile-update"


@pytest.fixture(scope="module")
def card():
    return read_folder(FOLDER)


@pytest.fixture(scope="module")
def seed():
    return (HERE / "data" / "question-4.txt").read_text()


def test_its_texts_are_the_seeds_word_for_word(card, seed):
    joined = seed.replace("every save\n\n operation", "every save operation")
    for text in (card.scenario, card.question, card.explanation, card.answer, *card.topics):
        assert f"\n{text}\n" in joined or f"\n- {text}\n" in joined or joined.endswith(text)
    assert card.number == 4


def test_its_code_is_the_seeds_as_printed(card, seed):
    buggy, fixed = seed.split("```python\n")[1:]
    files = {version.name: version.files for version in card.versions}
    assert files["buggy"] == {"snippet.py": buggy.split("```")[0]}
    assert files["fixed"] == {"snippet.py": fixed.split("```")[0]}


def test_three_figures_everybody_is_told(card):
    said = {
        case.name: [case.claims[name].emails for name in ("buggy", "fixed", "hardened")]
        for case in card.cases
    }
    assert said["nested_save"] == [2, 2, 1]
    assert said["one_update"] == [1, 1, 1]
    assert said["create"] == [1, 0, 0]
