"""What a card lacks, in the words of whoever fills in its page: each names its place."""

import msgspec

from questions.card_data import CaseData, ClaimData, VersionData
from questions.card_folder import read_folder
from questions.check import mistakes
from tests.questions.conftest import DATA

LATE = read_folder(DATA / "late-email")


def but(**fields):
    return mistakes(msgspec.structs.replace(LATE, **fields))


def test_it_works():
    assert mistakes(LATE) == []


def test_what_an_empty_card_lacks_is_named():
    assert but(versions=[], cases=[], ideas=[], bug_lines={}) == [
        "cases: no cases yet; expected at least two cases.",
        "ideas: no ideas yet; expected 2 to 5 short sentences.",
        "versions: no version buggy; expected the card's code as version buggy.",
        "versions: no version fixed; expected the answer's code as version fixed.",
    ]


def test_too_few_are_counted_at_their_place():
    assert "ideas: 1 idea; expected 2 to 5 short sentences." in but(ideas=["One."])
    assert "draft" not in "".join(but(ideas=["One."]))
    assert but(cases=LATE.cases[:1]) == ["cases: 1 case; expected at least two cases."]


def test_a_claim_that_lacks_is_named_by_its_case():
    paid = msgspec.structs.replace(LATE.cases[0], claims={"buggy": ClaimData(1)})
    bare = msgspec.structs.replace(LATE.cases[1], claims={})
    assert but(cases=[paid, bare]) == [
        "cases › paid › claims: no claim for fixed; expected a claim for every version.",
        "cases › declined › claims: no claim for buggy, fixed; expected a claim for every version.",
    ]


def test_code_is_named_by_its_version_or_case():
    broken = VersionData("buggy", "buggy", "x", files={"models.py": "def f(:\n"})
    said = but(versions=[broken, LATE.versions[1]], bug_lines={})[0]
    assert said.startswith("versions › buggy: buggy/models.py:1: SyntaxError")
    claims = {"buggy": ClaimData(1), "fixed": ClaimData(1)}
    assert but(cases=[*LATE.cases, CaseData("late", "Late", 1, claims=claims)]) == [
        "cases › late › action: nothing happens in buggy, fixed; "
        "expected the code of the case, or a case_late.py there."
    ]
