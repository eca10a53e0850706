"""Exports: read back by parsers that are not ours, each item with the link to the live card."""

import io
import re
import sqlite3
import warnings
import zipfile

import msgspec
import pytest
from defusedxml import ElementTree

from questions.card_data import ClaimData
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


# PyPI has no reader of Moodle XML that is kept up and knows essays and numbers (moodle-xml-parser
# reads two other kinds, moodle-questions ended in 2020). So expat reads it, behind defusedxml, and
# what it finds is compared with what docs.moodle.org/en/Moodle_XML_format says of each kind; as in
# Moodle's own importer, whatever is not named there would be lost.
TEXTS = {"name", "questiontext", "generalfeedback", "graderinfo"}
COMMON = {*TEXTS - {"graderinfo"}, "defaultgrade", "idnumber", "tags"}
PARTS = {
    "essay": COMMON | {"responseformat", "responsefieldlines", "graderinfo"},
    "numerical": COMMON | {"answer"},
}


def test_moodle_xml_is_read_by_another_parser():
    quiz = ElementTree.fromstring(moodle_xml(CARDS, link))
    category, *questions = quiz
    assert quiz.tag == "quiz" and {each.tag for each in quiz} == {"question"}
    assert category.get("type") == "category"
    assert category.findtext("category/text") == "$course$/top/Signalbox"
    assert [q.findtext("idnumber") for q in questions] == [item.id for item in ITEMS]
    for question, item in zip(questions, ITEMS, strict=True):
        assert question.get("type") == ("essay" if item.emails is None else "numerical")
        assert question.findtext("name/text") == item.title
        assert question.findtext("questiontext/text") == item.question
        assert question.findtext("generalfeedback/text") == item.answer
        assert item.link in question.findtext("questiontext/text")
        assert [tag.findtext("text") for tag in question.find("tags")] == item.topics
        if item.emails is not None:
            assert question.findtext("answer/text") == str(item.emails)
            assert question.find("answer").get("fraction") == "100"
            assert question.findtext("answer/tolerance") == "0"


def test_moodle_xml_has_the_structure_that_moodle_documents():
    ids = set()
    for question in ElementTree.fromstring(moodle_xml(CARDS, link))[1:]:
        parts = [part.tag for part in question]
        assert sorted(parts) == sorted(PARTS[question.get("type")])
        for part in question:
            inside = [each.tag for each in part]
            assert inside == {
                **dict.fromkeys(TEXTS, ["text"]),
                "answer": ["text", "tolerance"],
                "tags": ["tag"] * len(part),
            }.get(part.tag, [])
            if part.tag in TEXTS - {"name"}:
                assert part.get("format") == "html"
        assert question.findtext("responseformat", "editor") == "editor"
        assert len(question.findtext("name/text")) <= 255
        ids.add(question.findtext("idnumber"))
        assert len(question.findtext("idnumber")) <= 100
    assert len(ids) == len(ITEMS)


def long_and_odd():
    card = CARDS[0]
    cases = [
        msgspec.structs.replace(card.cases[0], name=f"{'c' * 59}{n}", predict=True)
        for n in range(2)
    ]
    cases = [msgspec.structs.replace(c, claims={"buggy": ClaimData(1)}) for c in cases]
    return msgspec.structs.replace(card, slug="s" * 80, topics=[r"a]b\c"], cases=cases)


def test_long_ids_stay_different_and_fit_into_moodle():
    made = list(items([long_and_odd()], link))
    ids = [item.id_number for item in made]
    assert [len(each) for each in ids] == [80, 100, 100] and len(set(ids)) == 3
    quiz = ElementTree.fromstring(moodle_xml([long_and_odd()], link))
    assert [each.text for each in quiz.iter("idnumber")] == ids


def test_gift_says_ids_and_tags_as_moodle_reads_them():
    """In a comment: [id:…] and [tag:…], with a backslash before a bracket inside."""
    text = gift([long_and_odd()], link)
    found = re.findall(r"\[(id|tag):((?:\\.|[^\\\]])+)]", text)
    assert [word for word, _ in found] == ["id", "tag"] * 3
    ids = [item.id_number for item in items([long_and_odd()], link)]
    assert [said for word, said in found if word == "id"] == ids
    assert {re.sub(r"\\(.)", r"\1", s) for word, s in found if word == "tag"} == {r"a]b\c"}


def test_moodle_xml_holds_what_xml_cannot():
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
