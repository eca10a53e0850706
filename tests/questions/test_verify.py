"""Verifying a card: what is found true, and every way in which a card is not."""

import io
import json
from pathlib import Path

import msgspec
import pytest
from django.core.management import CommandError, call_command

from questions.admin.ledger import Cell
from questions.card_data import ClaimData
from questions.card_folder import read_folder
from questions.hunks import hunks, without
from questions.verify import Done, judge, needed, tasks
from sandbox.report import Email, Error, Report
from tests.questions.conftest import DATA

SENT = {
    ("buggy", "paid"): 1,
    ("buggy", "declined"): 1,
    ("fixed", "paid"): 1,
    ("fixed", "declined"): 0,
}


@pytest.fixture
def card():
    return read_folder(DATA / "late-email")


def report(job, emails=0, error=None, outcome="ok", to="ann@example.com"):
    """Return the report of a run that sent so many emails."""
    return Report(
        schema=1, program=job.program, digest=job.digest, version=job.version, case=job.case,
        outcome="error" if error else outcome, error=error,
        emails=[
            Email(n, "Your order", "shop@example.com", [to], [], [], "", [], [], None)
            for n in range(emails)
        ],
        emails_sent=emails, recipients=emails, events=[], queries=0, rows={},
        result={"paid": 1, "declined": 0}[job.case], stdout="", stderr="", completed_imports=[],
        django="5.2", python="3.11", tier="full", wall_ms=1, cpu_ms=1, peak_rss_mb=1,
        measured_at="2026-11-23T12:00:00Z", cached=False,
    )  # fmt: skip


def verdict(card, sent=None, undone=lambda task: 7, django="5.2", **special):
    """Judge made-up runs: `sent` by (version, case), `undone` emails with a hunk undone."""
    sent = {**SENT, **(sent or {})}
    done = []
    for turn, task in enumerate(tasks(card)):
        cell = (task.version, task.case.name)
        count = undone(task) if task.hunk else sent[cell]
        count = count[turn % 3] if isinstance(count, tuple) else count
        made = special.get("_".join(cell)) if task.hunk is None else None
        ran = made(task.job) if made else report(task.job, count)
        done.append(Done(task, msgspec.structs.replace(ran, django=django)))
    return judge(card, done)


def claims(card, version, case, **changes):
    """Return the card with one claim changed."""
    cases = [
        msgspec.structs.replace(
            c, claims={**c.claims, version: msgspec.structs.replace(c.claims[version], **changes)}
        )
        if c.name == case
        else c
        for c in card.cases
    ]
    return msgspec.structs.replace(card, cases=cases)


def words(found):
    return [str(problem) for problem in found]


def test_it_works(card):
    found = verdict(card)
    assert found.ok and not found.warnings
    assert found.measured["buggy"]["declined"].emails == 1
    assert len(tasks(card)) == found.runs


def test_false_claim_is_told_in_words(card):
    found = verdict(claims(card, "fixed", "declined", emails=2))
    assert words(found.problems)[0] == (
        "fixed in declined: claims 2 emails, measured 0. "
        "Correct the claim if the run is right, the code if the claim is."
    )


def test_one_false_claim_of_the_bug_is_one_problem(card):
    found = verdict(claims(card, "buggy", "declined", emails=3))
    assert [problem.case for problem in found.problems] == ["declined"], words(found.problems)


def test_right_number_to_the_wrong_person_is_false(card):
    found = verdict(card, fixed_paid=lambda job: report(job, 1, to="bob@example.com"))
    assert "claims emails to ann@example.com, measured bob@example.com" in words(found.problems)[0]


def test_another_subject_is_false(card):
    found = verdict(claims(card, "fixed", "paid", subjects=["Your invoice"]))
    assert words(found.problems)[0].startswith(
        "fixed in paid: claims “Your invoice”, measured “Your order”."
    )


def test_claim_must_state_by_what_the_case_is_missed(card):
    cases = [msgspec.structs.replace(c, wanted_subjects=["Paid"] * c.wanted) for c in card.cases]
    card = msgspec.structs.replace(card, cases=cases, unsolved="Nobody writes that.")
    said = "claims the emails wanted, and misses the case by its subjects. Claim subjects, too."
    assert f"buggy in paid: {said}" in words(verdict(card).problems)
    card = claims(card, "buggy", "paid", subjects=["Your order"])
    assert f"buggy in paid: {said}" not in words(verdict(card).problems)


def test_author_is_offered_the_claim_that_states_it(card):
    case = msgspec.structs.replace(card.cases[0], wanted_subjects=["Paid"])
    ran = report(card.program().job("buggy", "paid"), 1)
    cell = Cell("buggy", case, ClaimData(1), ran)
    assert cell.wrong == ["leaves out by what it misses the case: subjects"]
    assert cell.take == "buggy: {emails: 1, subjects: [Your order]}"


def test_wrong_result_is_false_and_true_is_not_one(card):
    found = verdict(claims(card, "fixed", "paid", result=True))
    assert "claims the result true, measured 1" in words(found.problems)[0]


def test_unclaimed_error_is_false_and_names_its_line(card):
    error = Error("case", "ValueError", "bad", "models.py", 14)
    found = verdict(card, buggy_paid=lambda job: report(job, 1, error=error))
    assert words(found.problems)[0].startswith(
        "buggy in paid: claims no error, measured case:ValueError: bad (models.py:14)."
    )


def test_limit_can_be_claimed(card):
    loop = lambda job: report(job, 1, outcome="time_limit")  # noqa: E731
    card = claims(card, "buggy", "declined", error="time_limit", result=None)
    assert verdict(card, buggy_declined=loop).ok


def test_flaky_run_is_found(card):
    found = verdict(card, {("fixed", "declined"): (0, 0, 1)})
    assert "fixed in declined: runs differ: 0, 0, 1 emails in 3 runs." in words(found.problems)[0]


def test_missing_claim_says_what_was_measured(card):
    case = msgspec.structs.replace(card.cases[0], claims={"fixed": ClaimData(1)})
    found = verdict(msgspec.structs.replace(card, cases=[case, card.cases[1]]))
    assert words(found.problems)[0] == "buggy in paid: has no claim. Claim what was measured: 1."


def test_buggy_that_does_everything_right_is_refused(card):
    card = claims(card, "buggy", "declined", emails=0)
    found = words(verdict(card, {("buggy", "declined"): 0}).problems)
    assert any(problem.startswith("The buggy version does what is wanted") for problem in found)
    assert any(
        problem.startswith("The fixed version meets no case that the buggy") for problem in found
    )


def test_unclaimed_syntax_error_is_not_wrong_on_purpose(card):
    broken = lambda job: report(job, error=Error("import", "SyntaxError", "invalid"))  # noqa: E731
    found = words(verdict(card, buggy_paid=broken, buggy_declined=broken).problems)
    assert any(problem.startswith("The buggy version does what is wanted") for problem in found)


@pytest.mark.parametrize("name", ["buggy", "fixed"])
def test_claimed_syntax_error_is_not_wrong_on_purpose_either(card, name):
    card = claims(
        card, name, "declined", emails=0, recipients=None, to=None, error="import:SyntaxError"
    )
    versions = [
        msgspec.structs.replace(v, files={**v.files, "signals.py": "\ndef f(:\n"})
        if v.name == name
        else v
        for v in card.versions
    ]
    card = msgspec.structs.replace(card, versions=versions)
    broken = lambda job: report(job, error=Error("import", "SyntaxError", "invalid"))  # noqa: E731
    found = words(verdict(card, **{f"{name}_declined": broken}).problems)
    assert f"{name}: does not parse: signals.py:2: SyntaxError" in " ".join(found)


def test_no_version_that_holds_needs_a_reason(card):
    card = claims(card, "fixed", "paid", emails=0, recipients=None, to=None)
    sent = {("fixed", "paid"): 0}
    assert "the best, buggy, misses declined" in words(verdict(card, sent).problems)[-1]
    reason = msgspec.structs.replace(card, unsolved="Nobody can.")
    assert verdict(reason, sent).ok


def test_reason_without_need_is_a_warning(card):
    found = verdict(msgspec.structs.replace(card, unsolved="Nobody can."))
    assert found.ok and "“unsolved” is filled in" in words(found.warnings)[0]


def test_decoy_that_holds_is_no_decoy(card):
    fixed = card.versions[1]
    decoy = msgspec.structs.replace(fixed, name="late", kind="decoy")
    cases = [
        msgspec.structs.replace(c, claims={**c.claims, "late": c.claims["fixed"]})
        for c in card.cases
    ]
    card = msgspec.structs.replace(card, versions=[*card.versions, decoy], cases=cases)
    found = verdict(card, {("late", "paid"): 1, ("late", "declined"): 0})
    assert words(found.problems)[0].startswith("The decoy late meets every case.")


def test_hunk_that_no_claim_needs_is_a_warning_and_not_published(card):
    same = lambda task: SENT["fixed", task.case.name]  # noqa: E731
    judged = verdict(card, undone=same)
    assert judged.ok
    assert not judged.strict().ok
    found = words(judged.strict().problems)
    assert "No claim breaks when this part of the fix is undone: models.py:2: from" in found[0]
    assert "Take it out of the fix, or add the case that needs it." in found[0]


def test_an_import_that_a_snippet_is_given_anyway_is_still_part_of_the_fix(card):
    buggy = "from django.db import models\n\nclass A(models.Model):\n    pass\n\nA().save()\n"
    imports = buggy.replace("import models", "import models, transaction")
    fixed = imports.replace("A().save()", "transaction.on_commit(A().save)")
    versions = [
        msgspec.structs.replace(version, files={"snippet.py": text})
        for version, text in zip(card.versions, (buggy, fixed), strict=True)
    ]
    hunks_run = {t.hunk for t in tasks(msgspec.structs.replace(card, versions=versions)) if t.hunk}
    assert [hunk.first for hunk in hunks_run] == [6]  # without line 1, only a snippet would run


def test_nothing_is_concluded_from_a_run_that_was_refused(card):
    refused = lambda job: report(job, error=None, outcome="refused")  # noqa: E731
    no = Error("import", "Refused", "This machine cannot seal.")
    found = verdict(card, buggy_paid=lambda job: msgspec.structs.replace(refused(job), error=no))
    assert words(found.problems)[0].startswith("buggy in paid: was not run: This machine cannot")
    assert len(found.problems) == 1


def test_undoing_every_hunk_gives_the_bug_back():
    for folder in (DATA / "late-email", DATA.parents[2] / "fixtures/cards/profile-update"):
        buggy, fixed = (version.files for version in read_folder(folder).versions[:2])
        files = fixed
        for hunk in reversed(list(hunks(buggy, fixed))):
            files = without(files, hunk)
        assert files == {**files, **buggy}


def test_file_that_only_the_fix_has_is_a_hunk():
    buggy, fixed = {"models.py": "a = 1\n"}, {"models.py": "a = 1\n", "signals.py": "b = 2\n"}
    (hunk,) = hunks(buggy, fixed)
    assert without(fixed, hunk) == buggy
    (back,) = hunks(fixed, buggy)
    assert without(buggy, back) == fixed


def test_undone_fix_of_one_hunk_is_the_buggy_version_and_not_run_again(card):
    both = tasks(card)
    assert needed(both) == both and any(task.hunk for task in both)
    buggy, fixed = card.versions
    first = next(hunks(buggy.files, fixed.files))
    one = msgspec.structs.replace(fixed, files=without(fixed.files, first))
    todo = tasks(msgspec.structs.replace(card, versions=[buggy, one]))
    assert any(task.hunk for task in todo)
    assert needed(todo) == [task for task in todo if not task.hunk]


def test_import_that_nothing_uses_any_more_is_no_hunk():
    before, after = {"a.py": "import os\nos.x()\n"}, {"a.py": "y()\n"}
    assert [str(hunk) for hunk in hunks(before, after)] == ["a.py:1: y()"]
    assert not list(hunks({"a.py": "import os\nx = 1\n"}, {"a.py": "x = 1\n"}))
    assert list(hunks({"a.py": "x = 1\n"}, {"a.py": "import os\nx = 1\n"}))


def test_comments_alone_are_no_hunk():
    assert not list(hunks({"a.py": "x = 1\n"}, {"a.py": "# why\n\nx = 1\n"}))


def run(*args, **options):
    out = io.StringIO()
    call_command("verify_cards", *map(str, args), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


@pytest.mark.django_db
def test_command_finds_the_seed_card_true():
    call_command(
        "load_cards", DATA.parents[2] / "fixtures/cards/profile-update", stdout=io.StringIO()
    )
    said = json.loads(run("profile-update", json=True, times=1))
    assert said["ok"] and said["cards"][0]["slug"] == "profile-update"
    assert said["cards"][0]["measured"]["hardened"]["nested_save"]["emails"] == 1


@pytest.mark.django_db
def test_command_exits_1_for_a_false_claim(tmp_path):
    import shutil

    folder = Path(
        shutil.copytree(DATA.parents[2] / "fixtures/cards/profile-update", tmp_path / "p")
    )
    text = (folder / "card.yaml").read_text()
    (folder / "card.yaml").write_text(
        text.replace(
            "claims: {buggy: 2, fixed: 2, hardened: 1",
            "claims: {buggy: 2, fixed: 1, hardened: 1",
            1,
        )
    )
    with pytest.raises(CommandError, match="1 not true: p") as caught:
        run(folder, times=1)
    assert caught.value.returncode == 1


@pytest.mark.django_db
def test_command_refuses_a_card_it_does_not_know():
    with pytest.raises(CommandError, match="No such card: nothing") as caught:
        run("nothing")
    assert caught.value.returncode == 2
