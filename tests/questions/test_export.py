"""Exports: read back by parsers that are not ours, each item with the link to the live card."""

import io
import re
import sqlite3
import warnings
import zipfile

import pytest
from defusedxml import ElementTree

from questions.card_folder import read_folder
from questions.export.anki import anki_package
from questions.export.gift import gift
from questions.export.item import items
from questions.export.moodle import moodle_xml
from tests.questions.test_card_folder import FOLDERS

CARDS = [read_folder(folder) for folder in FOLDERS]


def link(card):
    return f"https://cards.example/cards/{card.slug}/"


ITEMS = list(items(CARDS, link))


def test_it_works():
    ids = [item.id for item in ITEMS]
    assert "profile-update" in ids and "profile-update-nested_save" in ids
    assert len(ids) == len(set(ids)) > len(CARDS)
    nested = next(item for item in ITEMS if item.id == "profile-update-nested_save")
    assert nested.emails == 2 and "intent" not in nested.question


def test_answers_are_not_in_the_questions():
    for item in ITEMS:
        assert "measured" not in item.question
        assert item.link in item.question


def test_moodle_xml_is_read_by_another_parser():
    quiz = ElementTree.fromstring(moodle_xml(CARDS, link))
    questions = quiz.findall("question")
    assert questions[0].get("type") == "category"
    assert [q.findtext("idnumber") for q in questions[1:]] == [item.id for item in ITEMS]
    for question, item in zip(questions[1:], ITEMS, strict=True):
        assert question.findtext("questiontext/text") == item.question
        assert item.link in question.findtext("questiontext/text")
        if item.emails is not None:
            assert question.findtext("answer/text") == str(item.emails)


def test_moodle_xml_holds_what_xml_cannot():
    import msgspec

    card = msgspec.structs.replace(CARDS[0], title="a\x01 ]]> & <b>")
    quiz = ElementTree.fromstring(moodle_xml([card], link))
    assert quiz.findall("question")[1].findtext("name/text") == "a\ufffd ]]> & <b>"


def unescaped(text):
    return re.sub(r"\\([~=#{}:\\])", r"\1", text)


def test_gift_is_read_by_another_parser():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the parser of 2017 is kept up for no newer Python
        from pygiftparser import parser
    questions = parser.parseFile(io.StringIO(gift(CARDS, link)))
    assert len(questions) == len(ITEMS)
    for question, item in zip(questions, ITEMS, strict=True):
        assert question.valid and unescaped(question.title) == item.title
        text = unescaped(question.text).replace("&#10;", "\n")
        assert question.markup == "html" and text == item.question.rstrip("\n")
        assert item.link in text
        feedback = unescaped(question.generalFeedback).replace("&#10;", "\n")
        assert feedback == item.answer.strip()
        kind = type(question.answers).__name__
        if item.emails is None:
            assert kind == "Essay"
            continue
        (answer,) = question.answers.answers
        assert kind == "NumericAnswerSet" and answer.value == item.emails
        assert answer.fraction == 100


def test_gift_keeps_every_character():
    """Read as Moodle's format.php does: items by empty lines, then names, text, answer block."""
    blocks = [b for b in re.split(r"\n\s*\n", gift(CARDS, link)) if "::" in b]
    assert len(blocks) == len(ITEMS)
    for block, item in zip(blocks, ITEMS, strict=True):
        body = "\n".join(line for line in block.strip().split("\n") if not line.startswith("//"))
        found = re.fullmatch(
            r"::((?:\\.|[^\\:])*)::\[html\]((?:\\.|[^\\{}])*)\{((?:\\.|[^\\{}])*)\}", body
        )
        assert found, item.id
        assert unescaped(found[1]) == item.title
        assert unescaped(found[2]).replace("&#10;", "\n") == item.question.rstrip("\n")
        said, _, feedback = found[3].partition("####")
        assert said == ("" if item.emails is None else f"#{item.emails}")
        assert unescaped(feedback).startswith("[html]")


@pytest.fixture
def notes(tmp_path):
    """Return a function that gives {guid: fields} of an Anki package."""

    def read(raw):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            archive.extract("collection.anki2", tmp_path)
        database = sqlite3.connect(tmp_path / "collection.anki2")
        try:
            return dict(database.execute("select guid, flds from notes").fetchall())
        finally:
            database.close()

    return read


def test_anki_package_has_stable_ids(notes):
    first, second = notes(anki_package(CARDS, link)), notes(anki_package(CARDS, link))
    assert first == second and len(first) == len(ITEMS)
    fields = {fields.split("\x1f")[0]: fields.split("\x1f") for fields in first.values()}
    seed = fields["One update, several emails"]
    assert "if not created" in seed[2] and seed[3] == "https://cards.example/cards/profile-update/"
