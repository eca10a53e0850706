"""Card folders: what is read, and what is refused with file, line, what and what was expected."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from questions import card_keys, card_newer
from questions.card_folder import read_folder
from questions.card_yaml import CardMistakes
from tests.questions.card_mistakes import BROKEN_FILES, BROKEN_YAML
from tests.questions.conftest import DATA

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "card.schema.json").read_text())
FOLDERS = sorted({file.parent for file in (ROOT / "fixtures/cards").glob("*/card.yaml")})


def mistakes(folder):
    with pytest.raises(CardMistakes) as caught:
        read_folder(folder)
    return [str(mistake).removeprefix(f"{folder}/") for mistake in caught.value.mistakes]


def test_it_works(folder):
    card = read_folder(folder)
    assert (card.slug, card.number, card.status) == ("late-email", 901, "published")
    assert [version.kind for version in card.versions] == ["buggy", "fixed"]
    assert card.cases[0].claims["fixed"].to == ["ann@example.com"]
    assert card.cases[1].wanted_result == 0
    assert card.program().job("fixed", "declined").action.startswith("# intent: 0")


def test_digest_is_of_the_content_not_of_the_status(folder, change):
    before = read_folder(folder).digest
    change("card.yaml", "difficulty: 1", "difficulty: 1\nstatus: draft")
    assert read_folder(folder).digest == before
    change("fixed/models.py", "Thank you.", "Thanks.")
    assert read_folder(folder).digest != before


def test_windows_files_are_read_as_ours(folder):
    before = read_folder(folder)
    for path in folder.rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_folder(folder) == before


@pytest.mark.parametrize(("old", "new", "said"), BROKEN_YAML)
def test_mistake_in_card_yaml_names_line_and_what_was_expected(folder, change, old, new, said):
    change("card.yaml", old, new)
    assert any(mistake.startswith(said) for mistake in mistakes(folder)), mistakes(folder)


@pytest.mark.parametrize(("file", "content", "said"), BROKEN_FILES)
def test_mistake_in_a_file_names_it(folder, file, content, said):
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    assert any(mistake.startswith(said) for mistake in mistakes(folder)), mistakes(folder)


def test_all_mistakes_come_in_one_go(folder, change):
    change("card.yaml", "difficulty: 1", "difficulty: 9")
    change("case_declined.py", "# intent: 0", "# intent: 1")
    (folder / "fixed/models.py").write_text("def")
    found = mistakes(folder)
    assert [mistake.split(":")[0] for mistake in found] == [
        "card.yaml", "case_declined.py", "fixed/models.py",
    ]  # fmt: skip


def test_what_yaml_does_not_need_hides_no_other_mistake(folder, change):
    change("card.yaml", "number: 901", "number: !!int four")
    change("card.yaml", "title: The email before the order", "title: &a 7")
    change("card.yaml", "topics: [Data Integrity]", "topics: *a")
    change("card.yaml", "difficulty: 1", "difficulty: hard\nstatus: 5")
    assert mistakes(folder) == [
        "card.yaml:1: number: tag tag:yaml.org,2002:int; expected a plain value without a tag",
        "card.yaml:2: title: a whole number: 7; expected text (put it in quotes)",
        "card.yaml:2: title: anchor &a; expected the value without an anchor",
        "card.yaml:3: topics: alias *a; expected the value itself",
        "card.yaml:4: difficulty: text: hard; expected a whole number from 1 to 3",
        "card.yaml:5: status: a whole number: 5; expected text (put it in quotes)",
    ]


def test_a_missing_case_file_is_told_once(folder):
    (folder / "case_paid.py").unlink()
    expected = "it, or buggy/case_paid.py, fixed/case_paid.py"
    assert mistakes(folder) == [f"case_paid.py: the file is missing; expected {expected}"]


def test_only_a_decoy_may_claim_a_syntax_error(folder, change):
    broken, claim = "def f(:\n" + "#\n" * 14, '{emails: 0, error: "import:SyntaxError"}'
    (folder / "buggy/models.py").write_text(broken)
    change("card.yaml", "{emails: 1, result: 0}", claim)
    expected = "expected code that parses: a syntax error is no bug to learn from"
    assert mistakes(folder) == [f"buggy/models.py:1: SyntaxError: invalid syntax; {expected}"]
    (folder / "buggy/models.py").write_text("\n" * 15)
    (folder / "wrong").mkdir()
    (folder / "wrong/models.py").write_text(broken)
    change("card.yaml", "After the commit}", "After the commit}\n  wrong: {kind: decoy, title: W}")
    assert any(each.startswith("wrong/models.py:1: SyntaxError") for each in mistakes(folder))
    change("card.yaml", "      fixed: 0", f"      fixed: 0\n      wrong: {claim}")
    assert not any("SyntaxError" in mistake for mistake in mistakes(folder))


def test_link_is_refused(folder):
    (folder / "setup.py").symlink_to("/etc/hosts")
    assert mistakes(folder) == ["setup.py: not a plain file; expected a file"]


def test_draft_may_lack_what_a_published_card_needs(folder, change):
    change("card.yaml", "difficulty: 1", "difficulty: 1\nstatus: draft")
    change("card.yaml", "claims: {buggy: 1, fixed", "claims: {fixed")
    change("card.yaml", "  - an email cannot be rolled back\n", "")
    assert "buggy" not in read_folder(folder).cases[0].claims


def test_as_written_needs_a_snippet_or_a_file_of_its_own(folder, change):
    change(
        "card.yaml",
        "cases:\n",
        "cases:\n  as_written: {title: As printed, wanted: 1, claims: {buggy: 1, fixed: 1}}\n",
    )
    (folder / "buggy/models.py").rename(folder / "buggy/snippet.py")
    change("card.yaml", "models.py: [14]", "snippet.py: [14]")
    assert mistakes(folder) == [
        "case_as_written.py: the file is missing; expected it, or fixed/case_as_written.py"
    ]
    (folder / "fixed/case_as_written.py").write_text("from cardapp.models import Order\n")
    assert read_folder(folder).program().job("buggy", "as_written").action is None


@pytest.mark.parametrize("path", [DATA / "late-email", *FOLDERS], ids=lambda path: path.name)
def test_cards_agree_with_the_schema_for_editors(path):
    jsonschema.validate(yaml.safe_load((path / "card.yaml").read_text()), SCHEMA)


def test_schema_knows_the_keys_that_the_loader_knows():
    properties, defs = SCHEMA["properties"], SCHEMA["$defs"]
    assert set(properties) == set(card_keys.KEYS)
    assert set(SCHEMA["required"]) == set(card_keys.REQUIRED)
    assert set(defs["version"]["properties"]) == set(card_keys.VERSION_KEYS)
    assert set(defs["case"]["properties"]) == set(card_keys.CASE_KEYS)
    assert set(defs["claim"]["oneOf"][1]["properties"]) == set(card_keys.CLAIM_KEYS)
    newer = properties["newer"]["additionalProperties"]["properties"]
    assert set(newer) == set(card_newer.KEYS) and newer["cures"]["enum"] == list(card_newer.CURES)
    assert properties["newer"]["propertyNames"]["pattern"] == f"^{card_newer.RELEASE.pattern}$"


def test_schema_refuses_what_the_loader_refuses():
    card = yaml.safe_load((DATA / "late-email" / "card.yaml").read_text())
    for broken in ({"difficulty": 4}, {"unknown": 1}, {"number": "4"}, {"topics": []}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(card | broken, SCHEMA)
