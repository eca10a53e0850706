"""Each kind of question: made from a card, graded by what was measured."""

from random import Random

import msgspec
import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from questions import own_runs
from questions.models import Card
from tests.tutor import factories
from tutor import fixes
from tutor.facts import Facts
from tutor.kinds import KINDS
from tutor.trial import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    return Facts(factories.card())


def make(name, facts, seed=1, seen=()):
    return KINDS[name].make(facts, Random(seed), set(seen))  # noqa: S311


def post(**data):
    made = QueryDict(mutable=True)
    made.update({key: str(value) for key, value in data.items()})
    return made


def text_of(value):
    """Return all text in JSON, to look for what must not be there."""
    if isinstance(value, dict):
        return " ".join(text_of(each) for each in value.values())
    if isinstance(value, list):
        return " ".join(map(text_of, value))
    return str(value)


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_made_from_a_card_and_shows_no_answer(name, facts):
    question = make(name, facts)
    shown = text_of(question.ask)
    assert not [word for word in factories.CANARIES if word in shown]


@pytest.mark.parametrize("name", KINDS)
def test_the_same_seed_makes_the_same_question(name, facts):
    assert make(name, facts, seed=5) == make(name, facts, seed=5)


@pytest.mark.parametrize("name", ["number", "line", "explain", "fix"])
def test_code_of_the_answer_is_not_shown_where_it_is_not_asked_about(name, facts):
    for seed in range(9):
        question = make(name, facts, seed)
        if not question.ask.get("decoy"):
            assert "created" not in text_of(question.ask["files"])


@pytest.mark.parametrize("name", ["number", "row"])
def test_a_seen_case_is_not_asked_again_while_there_are_others(name, facts):
    cases = {make(name, facts, seed, seen={"create"}).case for seed in range(12)}
    assert cases and "create" not in cases


def test_right_number_with_another_subject_is_not_as_wanted(facts):
    case = facts.cases["one_update"]
    case.wanted_subjects = ["Bio Updated"]
    assert facts.meets(facts.buggy, case)  # nothing is claimed of subjects
    cell = facts.buggy.name, case.name
    facts.claims[cell] = msgspec.structs.replace(facts.claims[cell], subjects=["Profile Updated"])
    assert not facts.meets(facts.buggy, case)
    assert facts.says(facts.buggy, case) == (
        "“One update”: it says “Profile Updated”, not “Bio Updated”."
    )


def test_number_is_right_when_it_was_measured(facts):
    question = make("number", facts)
    assert KINDS["number"].grade(question.ask, question.key, question.key["emails"]).correct
    wrong = KINDS["number"].grade(question.ask, question.key, 99)
    assert not wrong.correct and wrong.says[0].startswith("It sent ")


def test_row_counts_each_number(facts):
    question = make("row", facts)
    key = question.key["emails"]
    assert KINDS["row"].grade(question.ask, question.key, key).points == 1
    half = KINDS["row"].grade(question.ask, question.key, [key[0] + 1, *key[1:]])
    assert not half.correct and 0 < half.points < 1 and "A: you said" in half.says[1]


def test_a_row_calls_the_cards_code_the_same_before_and_after():
    card = factories.card(title="Named")
    card.versions.filter(name="buggy").update(title="Only the arguments it uses")
    question = make("row", Facts(Card.objects.get(pk=card.pk)))
    titles = [cell["title"] for cell in question.key["row"]]
    assert titles[0] == "The card's code" and "Only the arguments it uses" not in titles


def test_line_takes_any_line_of_the_bug(facts):
    question = make("line", facts)
    for place in ("models.py:13", "models.py:14"):
        right = KINDS["line"].grade(question.ask, question.key, place)
        assert right.correct
        assert right.says == ["It is one of the two lines of the bug: lines 13 and 14."]
    wrong = KINDS["line"].grade(question.ask, question.key, "models.py:1")
    assert not wrong.correct and "The bug is in lines 13 and 14." in wrong.says[0]


def test_no_line_is_asked_for_where_one_is_missing(facts):
    for version in facts.versions.values():
        version.files = {**facts.buggy.files, "apps.py": "x = 1\n"}
    assert make("line", facts) is None


@pytest.mark.parametrize("line", ["", "models.py:6", "models.py:99", "other.py:1", "models.py:x"])
def test_line_refuses_what_is_no_line_of_code(facts, line):
    question = make("line", facts)
    with pytest.raises(ValidationError):
        KINDS["line"].read(post(line=line), question.ask)


def test_choose_is_decided_by_the_measured_ledger(facts):
    question = make("choose", facts)
    right = question.key["right"]
    assert [question.key["options"][n]["title"] for n in right] == ["hardened"]
    assert question.ask["every"]
    for n, option in enumerate(question.key["options"]):
        grade = KINDS["choose"].grade(question.ask, question.key, n)
        assert grade.correct == (option["title"] == "hardened")
        if not grade.correct:
            assert "wanted is" in " ".join(grade.says)


def test_what_changes_begins_and_ends_with_a_line_that_says_something(facts):
    for option in make("choose", facts).ask["options"]:
        for change in option["changes"]:
            ends = change["lines"][0], change["lines"][-1]
            assert all(line["sign"] or line["text"].strip() for line in ends)


def test_choose_has_all_code_of_each_fix(facts):
    texts = {text for version in facts.versions.values() for text in version.files.values()}
    for option in make("choose", facts).ask["options"]:
        assert option["files"] and {file["text"] for file in option["files"]} <= texts


def test_choose_shows_a_fix_that_changes_only_a_case(facts):
    other = facts.cases["create"].action + "# with a patch\n"
    decoy = facts.versions["if_created"]
    decoy.files = {**facts.buggy.files, "case_create.py": other}
    decoy.save()
    options = make("choose", Facts(facts.card)).ask["options"]
    shown = [(c["name"], c["lines"][-1]["text"]) for each in options for c in each["changes"]]
    assert ("case_create.py", "# with a patch") in shown


def test_choose_needs_a_wrong_one(facts):
    facts.card.versions.filter(name__in=["fixed", "if_created"]).delete()
    assert make("choose", Facts(facts.card)) is None


def test_which_is_told_apart_by_what_was_done(facts):
    question = make("which", facts)
    key = question.key["which"]
    assert KINDS["which"].grade(question.ask, question.key, key).correct
    wrong = KINDS["which"].grade(question.ask, question.key, key[::-1])
    assert not wrong.correct and "it sends" in wrong.says[1]
    ways = [text_of(way["steps"]) for way in question.ask["ways"]]
    assert len(set(ways)) == len(ways) and "send_mail" not in " ".join(ways)


def test_which_keeps_the_code_of_each_for_the_answer(facts):
    question = make("which", facts)
    assert "def notify_on_profile_update" not in text_of(question.ask)
    for title, code in zip(question.key["which"], question.key["code"], strict=True):
        version = next(
            v for v in facts.versions.values() if v.title == question.ask["titles"][title]
        )
        assert [file["text"] for file in code["files"]] == list(version.files.values())
        assert bool(code["changes"]) == (version != facts.buggy)


def test_which_wants_each_version_once(facts):
    question = make("which", facts)
    same = {f"which_{n}": 0 for n in range(len(question.ask["ways"]))}
    with pytest.raises(ValidationError, match="one letter"):
        KINDS["which"].read(post(**same), question.ask)
    with pytest.raises(ValidationError, match="each letter"):
        KINDS["which"].read(post(), question.ask)


def test_order_moves_one_line_and_stays_at_the_ends(facts):
    order, question = KINDS["order"], make("order", facts)
    count = len(question.ask["lines"])
    start = list(range(count))
    sent = post(order=",".join(map(str, start)), move="1:up")
    assert order.work(sent, question.ask, question.key, "")["order"] == [1, 0, *start[2:]]
    sent["move"] = "0:up"
    assert order.work(sent, question.ask, question.key, "")["order"] == start


def test_order_as_it_comes_is_never_right(facts):
    for seed in range(40):
        question = make("order", facts, seed=seed)
        assert question.ask["lines"][0].startswith(" ")  # the head of a function is not first


@pytest.mark.parametrize("given", ["", "0,1", "0,0,1,2,3", "x"])
def test_order_refuses_an_incomplete_order(facts, given):
    question = make("order", facts)
    with pytest.raises(ValidationError):
        KINDS["order"].read(post(order=given), question.ask)


def test_order_as_written_is_right_and_reversed_is_run(facts):
    order, question = KINDS["order"], make("order", facts)
    lines = question.ask["lines"]
    right = [lines.index(line) for line in question.key["lines"]]
    assert order.grade(question.ask, question.key, right).correct
    wrong = order.grade(question.ask, question.key, right[::-1])
    assert not wrong.correct and "does not start" in wrong.says[0]


def test_another_order_that_does_the_same_is_right():
    made = factories.card()
    fixed = made.versions.get(name="fixed")
    text = factories.FIXED.replace(
        "    if not created:\n        send_mail(",
        "    if created:\n        return\n    b = 2\n    a = 1\n    send_mail(",
    )
    made.versions.filter(name__in=["hardened", "if_created"]).delete()
    fixed.files = {"models.py": text}
    fixed.save()
    question = make("order", Facts(made))
    lines, key = question.ask["lines"], question.key["lines"]
    swapped = [*key]
    at = swapped.index("    a = 1")
    swapped[at - 1], swapped[at] = swapped[at], swapped[at - 1]
    grade = KINDS["order"].grade(question.ask, question.key, [lines.index(x) for x in swapped])
    assert grade.correct and "Another order" in grade.says[0]


def fix(facts, text):
    question = make("fix", facts)
    texts = KINDS["fix"].read(post(**{"file:models.py": text}), question.ask)
    return KINDS["fix"].grade(question.ask, question.key, texts)


def test_fix_that_holds_everywhere_is_right(facts):
    grade = fix(facts, factories.HARDENED + "\n# mine\n")
    assert grade.correct and grade.points == 1 and "3 of 3" in grade.says[0]


def test_fix_says_which_known_version_it_behaves_like(facts):
    text = factories.BUGGY.replace("**kwargs", "created, **kwargs").replace(
        "    send_mail(", "    if created is True:\n        send_mail("
    )
    grade = fix(facts, text)
    assert not grade.correct
    assert "It behaves like “if_created”, a version of this card." in grade.says
    assert any("wanted is" in sentence for sentence in grade.says)


def test_fix_that_does_not_parse_says_where(facts):
    grade = fix(facts, factories.BUGGY + "def (:\n")
    assert not grade.correct and "does not start: SyntaxError" in " ".join(grade.says)
    assert "line 16" in " ".join(grade.says)


def test_fix_is_not_believed_what_it_prints(facts):
    grade = fix(facts, factories.BUGGY + "\nprint({'emails_sent': 0})\n")
    assert not grade.correct


def test_fix_refuses_the_code_as_it_stands_and_too_much(facts):
    question = make("fix", facts)
    with pytest.raises(ValidationError, match="Change it first"):
        KINDS["fix"].read(post(**{"file:models.py": factories.BUGGY}), question.ask)
    with pytest.raises(ValidationError, match="over 64 KiB"):
        KINDS["fix"].read(post(**{"file:models.py": "x" * 70_000}), question.ask)


def test_a_card_without_what_a_kind_needs_gives_no_question():
    made = factories.card()
    made.bug_lines, made.ideas = {}, []
    made.save()
    made.versions.exclude(name="buggy").delete()
    facts = Facts(made)
    for name in ("line", "explain", "choose", "row", "order"):
        assert make(name, facts) is None


def test_without_a_sandbox_nothing_is_lost(facts, settings, tmp_path, monkeypatch):
    question = make("fix", facts)
    broken = tmp_path / "no"
    broken.write_text("a file where a folder is needed")
    monkeypatch.setattr("sandbox.client.folder", lambda: broken)
    with pytest.raises(NotNow, match="Your text is kept"):
        KINDS["fix"].grade(question.ask, question.key, {"models.py": "x = 1"})


def test_fix_without_a_name_that_the_cases_use_is_told_so(facts):
    grade = fix(facts, factories.FIXED.replace("UserProfile", "Profile"))
    said = "This case uses UserProfile, which is in the card’s models.py and not in yours."
    assert any(said in sentence for sentence in grade.says)


def test_fix_that_hangs_is_not_said_to_have_run_in_every_case(facts):
    grade = fix(facts, "while True: pass\n")
    assert not grade.correct and grade.points == 0 and own_runs.STUCK in grade.says
    assert [each["left_out"] for each in grade.measured["told"]] == [False, False, True]
    assert grade.measured["told"][2]["words"] == own_runs.NOT_RUN
    assert [each["error"] for each in fixes.of_told(grade.measured["told"])] == [
        "time_limit", "time_limit", "not run",
    ]  # fmt: skip
