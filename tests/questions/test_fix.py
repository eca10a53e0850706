"""Mending a card: the learner's text is kept, run in every case, and named by what it does."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.questions.bank import CODE, FIXED, a_card
from tests.questions.test_card import SAID

pytestmark = pytest.mark.django_db
ADDRESS = "/cards/note-1/fix/"


@pytest.fixture
def card(client):
    card = a_card()
    decoy = CODE.replace("    send_mail", "    if not instance.pk:\n        send_mail")
    card.versions.create(
        name="if_new", kind="decoy", title="If it is new", note="It is never new.",
        files={"models.py": decoy}, order=9,
    )  # fmt: skip
    client.post("/cards/note-1/predict/", SAID)
    return card


def fix(client, text, **more):
    return client.post(ADDRESS, {"file:models.py": text, **more}, follow=True).content.decode()


def test_it_works(client, card):
    found = fix(client, FIXED)
    assert "As wanted in 2 of 2" in found
    assert "It holds in every case" in found


def test_the_editor_starts_with_the_cards_code_and_keeps_the_answer_back(client, card):
    found = client.get(ADDRESS).content.decode()
    assert "send_mail(&quot;Noted&quot;" in found
    assert "SECRET" not in found and "if created" not in found


def test_nobody_mends_before_predicting(client):
    a_card()
    found = client.get(ADDRESS, follow=True)
    assert found.redirect_chain and "Predict first" in found.content.decode()


def test_a_wrong_fix_is_named_by_what_it_does_not_by_its_text(client, card):
    found = fix(client, CODE.replace("send_mail(", "sender and None and send_mail("))
    assert "This behaves like <b>if it is new</b>" in found
    assert "It is never new." in found


def test_the_same_behaviour_as_before_is_said(client, card):
    assert "Nothing is fixed yet" in fix(client, CODE + "# a comment\n")


def test_a_syntax_error_is_shown_at_its_line_and_the_text_is_kept(client, card):
    found = fix(client, "def (:\n")
    assert "It does not even start" in found and "SyntaxError" in found
    assert "models.py, line 1" in found
    assert "def (:" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    "deep", ["-" * 15000 + "1", "~" * 5900 + "1", "(" * 300, "x" + ".x" * 7000]
)
def test_a_text_too_deep_to_be_read_is_a_result(client, card, deep):
    buggy = card.versions.get(name="buggy")
    buggy.files = {"snippet.py": CODE + '\nNote.objects.create(text="A")\n'}
    buggy.save()
    card.cases.create(name="as_written", title="As printed", wanted=1)
    found = client.post(ADDRESS, {"file:snippet.py": f"note = {deep}\n"}, follow=True)
    assert found.status_code == 200
    # Newer interpreters read deeper than older ones.
    assert "None of the 3 cases can run" in found.text or "As wanted in" in found.text


def test_an_error_that_stops_every_case_is_said_once(client, card):
    found = fix(client, "def (:\n")
    assert found.count("SyntaxError") <= 2  # in words, and for the editor to mark
    assert "wanted 1," not in found and "None of the 2 cases can run" in found


def test_the_unchanged_code_can_be_run_too(client, card):
    assert "Nothing is fixed yet" in fix(client, CODE)


def test_a_snippet_without_its_last_lines_is_told_why_it_sends_nothing(client, card):
    buggy = card.versions.get(name="buggy")
    buggy.files = {"snippet.py": CODE + '\nNote.objects.create(text="A")\n'}
    buggy.save()
    card.cases.create(name="as_written", title="As printed", wanted=1)
    gone = {"file:snippet.py": CODE}
    assert "Nothing calls the code in this case" in client.post(ADDRESS, gone, follow=True).text
    kept = {"file:snippet.py": buggy.files["snippet.py"] + "# mine\n"}
    assert "Nothing calls" not in client.post(ADDRESS, kept, follow=True).text


def test_a_snippet_is_models_py_in_every_word_of_its_result(client, card):
    buggy = card.versions.get(name="buggy")
    buggy.files = {"snippet.py": CODE + '\nNote.objects.create(text="A")\n'}
    buggy.save()
    card.cases.create(name="as_written", title="As printed", wanted=0)
    mine = {"file:snippet.py": buggy.files["snippet.py"] + "# mine\n"}
    client.post(ADDRESS, mine)
    for address in (ADDRESS, "/cards/note-1/?at=run&case=as_written"):
        text = re.sub(r"<[^>]*>", " ", client.get(address).text)
        assert "(models.py:" in text and "snippet" not in text


def source(page):
    """Return what is in the editor's fields."""
    return " ".join(re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL))


def do(client, what, **more):
    """Press one of the buttons about files; return the page."""
    return client.post(ADDRESS, {"do": what, **more}, follow=True).text


def test_a_file_is_added_used_renamed_and_deleted(client, card):
    assert 'name="file:mailing.py"' in do(client, "add", new=" mailing.py ")
    texts = {
        "file:models.py": FIXED.replace("from django.core.mail", "from .mailing"),
        "file:mailing.py": "from django.core.mail import send_mail\n",
    }
    assert "As wanted in 2 of 2" in client.post(ADDRESS, texts, follow=True).text
    found = do(client, "rename:mailing.py", **{"to:mailing.py": "letters.py"})
    assert 'name="file:letters.py"' in found and 'name="file:mailing.py"' not in found
    assert "ModuleNotFoundError" in fix(client, texts["file:models.py"])
    assert 'name="file:letters.py"' not in do(client, "delete:letters.py")


def test_an_error_names_no_place_in_the_sandbox(client, card):
    found = fix(client, "from cardapp.models import Nothing\n")
    assert "ImportError" in found and "/job/" not in found


def test_a_file_of_the_card_can_go_and_come_back(client, card):
    do(client, "add", new="other.py")
    found = do(client, "delete:models.py")
    assert 'name="file:models.py"' not in found and "of the card, deleted" in found
    assert "As wanted in 0 of 2" in client.post(ADDRESS, follow=True).text
    found = do(client, "back:models.py")
    assert 'name="file:models.py"' in found and "send_mail" in found


def test_a_deleted_file_comes_back_as_it_was_typed(client, card):
    do(client, "add", new="own.py", **{"file:models.py": FIXED + "# mine\n"})
    found = do(client, "delete:models.py", **{"file:own.py": "# my own\n"})
    assert "# mine" not in source(found) and "comes back with what you wrote" in found
    client.post(ADDRESS)  # a run in between
    assert "# mine" in source(do(client, "back:models.py"))
    found = do(client, "delete:own.py")
    assert "# my own" not in source(found) and "back:own.py" in found
    found = do(client, "back:own.py")
    assert "# my own" in source(found) and "back:" not in found


def test_a_deleted_file_finds_its_place_taken(client, card):
    buggy = card.versions.get(name="buggy")
    buggy.files = {"snippet.py": CODE}
    buggy.save()
    do(client, "add", new="own.py")
    do(client, "delete:snippet.py")
    do(client, "add", new="models.py")
    assert "There is a models.py already." in do(client, "back:snippet.py")


def test_the_text_typed_stays_when_a_file_is_added(client, card):
    assert "typed = 1" in do(client, "add", new="a.py", **{"file:models.py": "typed = 1\n"})


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Give the file a name"),
        ("../evil.py", "is no name for a file here"),
        ("/etc/passwd", "is no name for a file here"),
        ("A B.py", "is no name for a file here"),
        ("a//b.py", "is no name for a file here"),
        ("notes", "is no name for a file here"),
        ("run.sh", "would not be read"),
        ("data.json", "would not be read"),
        ("models.py", "There is a models.py already."),
        ("case_create.py", "belongs to the case"),
        ("setup.py", "belongs to the case"),
        ("a" * 80 + ".py", "60 characters"),
    ],
)
def test_a_name_that_is_not_legal_is_refused_in_words(client, card, name, words):
    found = do(client, "add", new=name)
    assert words in found and found.count('name="file:') == 1


@pytest.mark.parametrize("name", ["tests/helpers.py", "fixtures/notes.json", "templates/a.txt"])
def test_names_of_the_layout_are_legal(client, card, name):
    assert f'name="file:{name}"' in do(client, "add", new=name)


def test_files_have_an_end(client, card):
    for n in range(11):
        do(client, "add", new=f"file_{n}.py")
    assert "12 files are enough" in do(client, "add", new="file_12.py")
    for n in range(11):
        do(client, f"delete:file_{n}.py")
    assert "One file has to stay." in do(client, "delete:models.py")


def test_a_mistake_in_a_name_is_said_in_place(client, card):
    response = client.post(ADDRESS, {"do": "add", "new": "x"}, headers={"HX-Request": "true"})
    assert response["HX-Retarget"] == "#files" and "is no name" in response.text
    assert "<html" not in response.text


def test_each_case_says_why(client, card):
    found = fix(client, CODE + "# mine\n")
    assert "was sent because" in found and "Email 2 to" in found
    found = fix(client, CODE.replace("    send_mail(", "    open('nowhere')\n    send_mail("))
    assert "FileNotFoundError" in found and "at models.py:11" in found


def test_lines_above_an_import_are_said_to_run_at_the_start(client, card):
    buggy = card.versions.get(name="buggy")
    buggy.files = {"snippet.py": CODE + '\nNote.objects.create(text="A")\n'}
    buggy.save()
    late = {"file:snippet.py": buggy.files["snippet.py"] + "import os\n"}
    found = client.post(ADDRESS, late, follow=True).text
    assert "now run while the models load" in found and "Nothing calls the code" not in found


def test_a_comment_above_the_last_lines_is_no_line_that_runs(client, card):
    text = CODE + '\n# What happens\nNote.objects.create(text="A")\n'
    buggy = card.versions.get(name="buggy")
    buggy.files = {"snippet.py": text}
    buggy.save()
    found = client.post(ADDRESS, {"file:snippet.py": text}, follow=True).text
    assert "Nothing is fixed yet" in found and "now run while the models load" not in found


def test_line_ends_of_a_browser_change_nothing(client, card):
    assert "As wanted in 2 of 2" in fix(client, FIXED.replace("\n", "\r\n"))


def test_a_draft_is_kept_without_running(client, card):
    response = client.post(ADDRESS + "draft/", {"file:models.py": "x = 1\r\n"})
    assert response.status_code == 204
    assert "x = 1\n" in client.get(ADDRESS).content.decode()


def test_a_second_tab_changes_no_code_over_in_silence(client, card):
    seen = re.search(r'name="seen" value="(\w+)"', client.get(ADDRESS).text)[1]
    kept = client.post(ADDRESS + "draft/", {"file:models.py": "a = 1\n", "seen": seen})
    assert kept.status_code == 204
    late = {"file:models.py": "b = 2\n", "seen": seen}
    assert "Another tab changed" in client.post(ADDRESS + "draft/", late).text
    found = client.post(ADDRESS, late).text
    assert "Another tab changed this code since" in found and "b = 2" in found
    assert "a = 1" in client.get(ADDRESS).text
    again = re.search(r'name="seen" value="(\w+)"', found)[1]
    assert again == kept["X-Seen"]
    client.post(ADDRESS, {**late, "seen": again})
    assert "b = 2" in client.get(ADDRESS).text


def test_a_draft_that_is_too_long_is_not_said_to_be_kept(client, card):
    response = client.post(ADDRESS + "draft/", {"file:models.py": "#" * 70_000})
    assert response.status_code == 200 and "Not kept. models.py is longer" in response.text


def test_a_reset_brings_the_cards_code_back_and_puts_mine_aside(client, card):
    fix(client, "x = 1")
    found = client.post(ADDRESS + "reset/", follow=True).text
    assert "send_mail" in source(found) and "x = 1" not in source(found)
    assert "Your version from before you started again" in found
    mark = re.search(r'value="use:(\w+)"', found)[1]
    assert "x = 1" in source(do(client, f"use:{mark}"))


def test_of_two_resets_the_last_is_kept_and_of_none_nothing(client, card):
    for text in ("x = 1", "x = 2"):
        fix(client, text)
        client.post(ADDRESS + "reset/")
    found = client.post(ADDRESS + "reset/", follow=True).text
    (mark,) = re.findall(r'value="use:(\w+)"', found)
    assert "x = 2" in source(do(client, f"use:{mark}"))


def test_a_file_that_is_not_the_cards_is_not_taken(client, card):
    found = fix(client, FIXED, **{"file:../evil.py": "x", "file:case_create.py": "x"})
    assert "evil" not in found and "As wanted in 2 of 2" in found


def test_a_text_that_is_too_long_is_refused_in_words(client, card):
    found = fix(client, "#" * 70_000)
    assert "models.py is longer than 64 KiB." in found


def test_mine_is_compared_with_the_answer_only_once_it_was_asked_for(client, card):
    assert "Mine against the answer" not in fix(client, FIXED + "# mine\n")
    client.post("/cards/note-1/explain/")
    assert "Mine against the answer" in client.get(ADDRESS).content.decode()


def test_anothers_draft_is_not_mine(client, card, django_user_model):
    from django.test import Client

    fix(client, "x = 'mine alone'")
    other = Client()
    other.post("/cards/note-1/predict/", SAID)
    assert "mine alone" not in other.get(ADDRESS).content.decode()


def test_what_was_brought_in_is_what_its_list_says(settings):
    vendor = Path(settings.BASE_DIR) / "static" / "vendor"
    listed = json.loads((vendor / "VENDOR.json").read_text())
    assert {entry["file"] for entry in listed} == {p.name for p in vendor.glob("*.js")}
    for entry in listed:
        code = (vendor / entry["file"]).read_bytes()
        assert hashlib.sha256(code).hexdigest() == entry["sha256"]
        assert b"sourceMappingURL" not in code
        assert all(package["license"] for package in entry["holds"])


def test_a_hint_without_scripts_keeps_the_text_and_stays(client, card):
    card.hints = ["Look at the receiver.", "Look again."]
    card.save()
    sent = {"file:models.py": "# mine, not run yet\n", "have": "0", "do": "hint"}
    assert 'form="fix" name="do" value="hint"' in client.get(ADDRESS).text
    answer = client.post(ADDRESS, sent)
    assert answer["Location"] == f"{ADDRESS}#hints"
    found = client.get(ADDRESS).text
    assert "# mine, not run yet" in found and "Look at the receiver." in found
    client.post(ADDRESS, sent)  # the same page once more
    assert "Look again." not in client.get(ADDRESS).text


def test_deleting_a_file_asks_first(client, card):
    found = do(client, "add", new="signals.py")
    asked = re.search(r"<details[^>]*><summary>Delete(?:(?!</details>).)*signals.py", found, re.S)
    assert asked and "It can be put back." in asked[0]
    assert "Yes, delete signals.py" in found


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_text_that_is_too_long_is_said_not_to_be_saved(client, card, headers):
    long = {"file:models.py": "# mine\n" + "#" * 70_000}
    found = client.post(ADDRESS, long, headers=headers).text
    assert "Your text is not saved." in found and "Your text is kept." not in found
    assert headers or "# mine\n####" in found


def test_own_code_is_taken_to_the_playground_as_it_is_typed(client, card):
    client.post("/playground/", {"file:models.py": "# scratch\n"})
    sent = {"file:models.py": FIXED + "# mine, not run yet\n", "do": "playground"}
    found = client.post(ADDRESS, sent, follow=True)
    assert found.redirect_chain[-1][0] == "/playground/"
    assert "# mine, not run yet" in found.text and "What was here before is kept" in found.text
    assert "# scratch" in client.post("/playground/", {"do": "back"}, follow=True).text
    assert "# mine, not run yet" in client.get(ADDRESS).text


def test_another_tabs_draft_is_told_with_its_mark(client, card):
    seen = re.search(r'name="seen" value="(\w+)"', client.get(ADDRESS).text)[1]
    kept = client.post(ADDRESS + "draft/", {"file:models.py": "a = 1\n", "seen": seen})
    late = {"file:models.py": "b = 2\n", "seen": seen}
    refused = client.post(ADDRESS + "draft/", late)
    assert refused["X-Elsewhere"] == kept["X-Seen"]
    again = client.post(ADDRESS + "draft/", {**late, "seen": refused["X-Elsewhere"]})
    assert again.status_code == 204
    assert "X-Elsewhere" not in client.post(ADDRESS + "draft/", {"file:models.py": "#" * 70_000})


def test_the_last_result_stays_when_a_file_is_added_or_refused(client, card):
    fix(client, FIXED)
    assert "As wanted in 2 of 2" in do(client, "add", new="no name")
    found = do(client, "add", new="signals.py")
    assert "As wanted in 2 of 2" in found
    assert "This is the run from before signals.py was added." in found


def test_enter_in_the_name_of_a_file_is_for_its_button_without_scripts(client, card):
    never_run = FIXED + "# typed, and not run\n"  # a result that is remembered would be shown
    sent = {"file:models.py": never_run, "new": "signals.py", "to:models.py": "models.py"}
    found = client.post(ADDRESS, sent, follow=True).text
    assert 'name="file:signals.py"' in found and "As wanted in" not in found
    sent = {"new": "", "to:models.py": "models.py", "to:signals.py": "mail.py"}
    assert 'name="file:mail.py"' in client.post(ADDRESS, sent, follow=True).text
