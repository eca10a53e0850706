"""Writing a card: what is written reads back as the same card, whatever stands in it."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questions.card_data import with_intent
from questions.card_folder import read_files, read_folder, read_yaml
from questions.card_write import card_files, card_yaml, write_folder
from tests.questions.conftest import DATA
from tests.questions.test_card_folder import FOLDERS

CARDS = pytest.mark.parametrize("path", [DATA / "late-email", *FOLDERS], ids=lambda p: p.name)


def as_bytes(files):
    return {path: text.encode() for path, text in files.items()}


@CARDS
def test_folder_reads_back_as_the_same_card(path, tmp_path):
    card = read_folder(path)
    write_folder(card, tmp_path / card.slug)
    again = read_folder(tmp_path / card.slug)
    assert again == card and again.digest == card.digest
    assert card_files(again) == card_files(card)


@CARDS
def test_one_file_reads_back_as_the_same_card(path):
    card = read_folder(path)
    assert read_yaml(card_yaml(card)) == card


def test_text_stays_readable(folder):
    text = card_files(read_folder(folder))["card.yaml"]
    assert "scenario: |\n  A shop writes to the buyer when an order is saved." in text
    assert "    claims:\n      buggy: 1\n      fixed: {emails: 1, recipients: 1, to: [ann@" in text
    assert "topics: [Data Integrity]\n" in text


printable = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t")
texts = st.text(printable, min_size=1, max_size=60).map(str.strip).filter(bool)
code = st.text(printable, max_size=60).map(lambda text: text.replace("\r", ""))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=texts, note=texts, source=code, result=st.none() | texts | st.lists(st.integers(0, 9)))
def test_any_text_survives(text, note, source, result):
    card = read_folder(DATA / "late-email")
    buggy = msgspec.structs.replace(
        card.versions[0], note=note, files={**card.versions[0].files, "notes.txt": source}
    )
    case = msgspec.structs.replace(card.cases[0], wanted_result=result)
    case = msgspec.structs.replace(case, action=with_intent(case))
    card = msgspec.structs.replace(
        card, scenario=text, hints=[text], versions=[buggy, card.versions[1]],
        cases=[case, card.cases[1]],
    )  # fmt: skip
    assert read_files(card.slug, as_bytes(card_files(card))) == card
    assert read_yaml(card_yaml(card)) == card


def test_intent_lines_follow_the_case_without_moving_code(folder):
    case = read_folder(folder).cases[1]
    assert with_intent(case) == case.action
    two = msgspec.structs.replace(case, wanted=2, wanted_result="x")
    lines = with_intent(two).split("\n")
    assert lines[:2] == ["# intent: 2 | the order is rolled back", '# intent-result: "x"']
    assert lines[2:] == case.action.split("\n")[2:]
    bare = msgspec.structs.replace(case, action="pass\n", wanted_result=None)
    assert with_intent(bare) == "# intent: 0 | the order is rolled back\npass\n"


def test_no_intent_result_is_written_for_no_wanted_result(folder):
    case = msgspec.structs.replace(read_folder(folder).cases[1], wanted_result=None)
    assert "intent-result" not in with_intent(case)
