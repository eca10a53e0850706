"""The author on the page of a card: editors, tabs, runs, autosave; the whole way is another."""

import io
import re
from pathlib import Path

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse

from questions.admin.imports import examples
from questions.card_folder import read_one_file
from questions.card_load import write
from questions.groups import make_groups
from questions.models import Card, CardFlag

SEED = (Path(__file__).parents[1] / "questions/data/question-4.txt").read_text()


@pytest.fixture
def inside(page, live_server, settings):
    """Return a page of an instructor who has just signed in."""
    call_command("load_cards", settings.CARDS_DIR / "profile-update", stdout=io.StringIO())
    user = User.objects.create_user("ina", password="a long one", is_staff=True)
    make_groups(apps)  # a browser test before this one emptied all tables
    user.groups.add(Group.objects.get(name="Instructors"))
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_username", "ina")
    page.fill("#id_password", "a long one")
    page.click("[type=submit]")
    return page


def address(live_server, name, *args):
    return live_server.url + reverse(f"admin:questions_card_{name}", args=args)


def write_code(page, area, text):
    """Put a text into the editor that took the place of a text area."""
    page.locator(f"{area} + .editor-host .cm-content").fill(text)


def save(page):
    page.click("input[name=_continue] >> nth=-1")
    page.wait_for_selector(".messagelist .success")


def test_published_card_is_run_before_it_is_saved(inside, live_server):
    page, card = inside, mine()
    data = read_one_file(dict(named())["card.yaml"].encode(), file="card.yaml")
    write(msgspec.structs.replace(data, slug="mine", number=70, status="published"))
    page.goto(address(live_server, "change", card.pk))
    page.click(".state-forms >> text=Verify")
    page.locator("[data-verify-result] h2", has_text="every claim holds").wait_for(timeout=60_000)
    page.fill("#id_cases-0-said", "buggy: 1\nfixed: 3")
    page.click("input[name=_continue] >> nth=-1")
    page.wait_for_selector("[data-run-result] .refused", timeout=60_000)
    said = page.inner_text("[data-run-result]")
    assert "Not saved" in said and "claims 3 emails, measured 1" in said
    assert "every claim holds" not in page.inner_text("[data-verify-result]")

    page.click("[data-run]")
    page.wait_for_selector("table.claims", timeout=60_000)
    page.click("[data-take]")
    assert page.input_value("#id_cases-0-said").splitlines()[1].startswith("fixed: 1")
    assert page.inner_text("[data-run-head]") == "Every claim is as measured"
    cell = page.locator("td:has-text('Taken; save to keep it.')")
    assert "✓ as claimed" in cell.inner_text() and "claims 3" not in cell.inner_text()
    assert page.locator("table.claims td.false").count() == 0
    page.fill("#id_title", "Better")
    page.click("input[name=_continue] >> nth=-1")
    page.wait_for_selector("[data-run-result] progress")
    page.wait_for_selector(".messagelist .success", timeout=60_000)
    card = Card.objects.get(pk=card.pk)
    assert (card.title, card.status) == ("Better", "published")


def named():
    return [(name, text) for name, _, text in examples()]


def test_closed_tab_loses_nothing(inside, live_server):
    page, draft = inside, mine()
    page.goto(address(live_server, "change", draft.pk))
    page.fill("#id_title", "Typed, not saved")
    write_code(page, "#id_setup", "# rows")
    page.goto(address(live_server, "changelist"))
    page.goto(address(live_server, "change", draft.pk))
    assert page.input_value("#id_title") == draft.title
    page.click("[data-restore-take]")
    assert page.input_value("#id_title") == "Typed, not saved"
    assert page.inner_text("#id_setup + .editor-host .cm-content") == "# rows"
    save(page)
    page.goto(address(live_server, "change", draft.pk))
    assert page.locator("[data-restore]").is_hidden()
    saved = Card.objects.get(pk=draft.pk)
    assert (saved.title, saved.setup) == ("Typed, not saved", "# rows")


def test_closed_tab_of_a_new_card_loses_nothing_and_shows_nobody_else_anything(inside, live_server):
    page = inside
    add = address(live_server, "add")
    page.goto(add)
    page.fill("#id_title", "Never saved")
    page.locator(shown := "#versions-0 [data-file]:not([hidden]) .cm-content").fill("x = 1")
    page.close()
    page = inside.context.new_page()
    page.goto(add)
    page.click("[data-restore-take]")
    assert page.input_value("#id_title") == "Never saved"
    assert page.locator(shown).inner_text() == "x = 1"
    page.context.clear_cookies()
    User.objects.create_superuser("root", password="a long one")
    page.goto(add)
    page.fill("#id_username", "root")
    page.fill("#id_password", "a long one")
    page.click("[type=submit]")
    page.wait_for_selector("#id_title")
    assert page.locator("[data-restore]").is_hidden()


def test_two_instructors_at_one_card(inside, browser, live_server):
    page, draft = inside, mine()
    page.goto(address(live_server, "change", draft.pk))
    Card.objects.filter(pk=draft.pk).update(digest="saved by somebody else")
    page.fill("#id_title", "Mine")
    page.click("input[name=_continue] >> nth=-1")
    page.get_by_text("Nothing of yours is saved yet").wait_for()
    assert Card.objects.get(pk=draft.pk).title == draft.title
    save(page)
    assert Card.objects.get(pk=draft.pk).title == "Mine"


def test_code_is_edited_in_tabs_with_bug_lines_and_errors_at_their_line(inside, live_server):
    page, draft = inside, mine()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address(live_server, "change", draft.pk))
    page.fill("#id_question", "What is **wrong**?")
    assert page.wait_for_selector(".field-question .preview strong").inner_text() == "wrong"

    page.click("#versions-0 [data-fold]")
    page.locator("#versions-0 .cm-lineNumbers .cm-gutterElement", has_text="12").first.click()
    assert page.input_value("#id_bug_lines") == "snippet.py: 10, 12"
    page.locator("#versions-0 [data-file]:not([hidden]) .cm-line").last.click()
    page.click("#versions-0 [data-file]:not([hidden]) [data-bug]")
    assert "is blank: it cannot be the bug" in page.inner_text("#versions-0 .bug-said >> nth=0")
    assert page.input_value("#id_bug_lines") == "snippet.py: 10, 12"
    page.locator("#versions-0 .cm-line").first.click()
    page.keyboard.press("Home")
    page.keyboard.type("# A line above moves the bug.\n")
    assert page.input_value("#id_bug_lines") == "snippet.py: 11, 13"

    page.click("#versions-0 .file-add")
    page.keyboard.type("apps.py")
    editor = page.locator("#versions-0 [data-file]:not([hidden]) .cm-content")
    editor.fill("x = 1\ny = (")
    assert page.locator("#versions-0 [role=tab]").all_inner_texts() == ["snippet.py", "apps.py"]
    page.locator("#versions-0 [role=tab]").first.click()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("table.claims", timeout=60_000)
    page.locator(".place", has_text="apps.py:2").first.click()
    assert editor.inner_text() == "x = 1\ny = ("
    assert page.locator("#versions-0 .cm-lint-marker-error").is_visible()
    page.locator("#versions-0 [data-file]:not([hidden]) >> text=Delete this file").click()
    page.fill("#versions-0 .file-path >> nth=0", "code.py")
    page.locator("#versions-0 .file-path").first.press("Tab")
    assert page.input_value("#id_bug_lines") == "code.py: 11, 13"
    page.fill("#versions-0 .file-path >> nth=0", "snippet.py")

    page.click("#versions-1 >> text=Duplicate")
    assert page.input_value("#id_versions-6-name") == "fixed_2"
    save(page)
    card = Card.objects.get(pk=draft.pk)
    assert card.bug_lines == {"snippet.py": [11, 13]}
    assert list(card.versions.get(name="buggy").files) == ["snippet.py"]
    copy, fixed = card.versions.get(name="fixed_2"), card.versions.get(name="fixed")
    assert (copy.kind, copy.files) == ("decoy", fixed.files)


def test_keys_of_scripts_are_not_told_without_scripts(inside, browser, live_server):
    there = address(live_server, "change", mine().pk)
    inside.goto(there)
    assert inside.locator("kbd", has_text="Ctrl").is_visible()
    context = browser.new_context(
        java_script_enabled=False, storage_state=inside.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(there)
    assert plain.get_by_role("button", name="Run now").is_visible()
    assert not [kbd for kbd in plain.locator("kbd").all() if kbd.is_visible()]
    context.close()


@pytest.mark.parametrize(
    ("name", "said"),
    [("Publish", "Published: every claim holds"), ("Verify", "Verified: every claim holds")],
)
def test_what_was_typed_is_saved_before_it_is_judged_without_scripts(
    inside, browser, live_server, name, said
):
    card = mine()
    data = read_one_file(dict(named())["card.yaml"].encode(), file="card.yaml")
    write(msgspec.structs.replace(data, slug="mine", number=70, status="draft"))
    context = browser.new_context(
        java_script_enabled=False, storage_state=inside.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(address(live_server, "change", card.pk))
    plain.fill("#id_title", "Typed without scripts")
    plain.get_by_role("button", name=name, exact=True).last.click()
    assert said in plain.inner_text(".run-result")
    assert Card.objects.get(pk=card.pk).title == "Typed without scripts"
    plain.get_by_role("link", name="Back to the card").click()
    assert plain.input_value("#id_title") == "Typed without scripts"
    plain.fill("#id_title", "")
    plain.get_by_role("button", name="Verify", exact=True).click()
    assert "This field is required" in plain.content()
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_typed_is_in_the_duplicate(inside, browser, live_server, scripts):
    context = browser.new_context(
        java_script_enabled=scripts, storage_state=inside.context.storage_state()
    )
    page = context.new_page()
    page.goto(address(live_server, "change", mine().pk))
    page.fill("#id_title", "Typed just now")
    page.locator(".state-forms").get_by_role("button", name="Duplicate").click()
    page.wait_for_selector(".messagelist .success")
    assert page.input_value("#id_title") == "Typed just now (copy)"
    page.locator(".state-forms").get_by_role("button", name="Duplicate").click()
    page.get_by_text("A copy of “").wait_for()
    page.wait_for_function("document.querySelector('#id_title').value.endsWith('(copy 2)')")
    context.close()


def test_going_back_shows_its_progress(inside, live_server):
    page, card = inside, mine()
    data = read_one_file(dict(named())["card.yaml"].encode(), file="card.yaml")
    data = msgspec.structs.replace(data, slug="mine", number=70, status="published")
    card = write(data)
    write(msgspec.structs.replace(data, title="Changed"))
    old = card.revisions.get(digest=card.digest)
    page.goto(address(live_server, "revision", card.pk, old.pk))
    page.click("text=Make the card what it was")
    page.wait_for_selector("[data-run-result] progress[value]")
    page.get_by_text("still published").wait_for(timeout=60_000)
    assert Card.objects.get(pk=card.pk).title == data.title


def test_a_case_reads_after_a_run_as_it_ran(inside, live_server):
    page = inside
    page.goto(address(live_server, "change", mine().pk))
    page.click("#cases-0 [data-fold]")
    name = page.input_value("#id_cases-0-name")
    write_code(page, "#id_cases-0-action", "x = 1\nraise ValueError('here')")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("table.claims", timeout=60_000)
    lines = page.input_value("#id_cases-0-action").split("\n")
    assert lines[0].startswith("# intent: ") and lines[-2:] == ["x = 1", "raise ValueError('here')"]
    assert page.locator(f".place >> text=case_{name}.py:{len(lines)}").first.is_visible()
    assert page.locator("#cases-0 .cm-line").all_inner_texts() == lines
    assert page.locator("#cases-0 .cm-lint-marker-error").is_visible()


def test_axe_finds_nothing_serious(inside, live_server):
    page, draft = inside, mine()
    write(msgspec.structs.replace(draft.data(), title="Changed", cases=draft.data().cases[:2]))
    flagged = Card.objects.get(slug="profile-update")
    CardFlag.objects.create(card=flagged, said="buggy: claims 1, measured 2.", django="6.1")
    admin = reverse("admin:index")
    looked(page, live_server.url + admin)
    for name, args in (
        ("changelist", ()),
        ("add", ()),
        ("history", (draft.pk,)),
        ("revision", (draft.pk, draft.revisions.earliest("pk").pk)),
        ("delete", (draft.pk,)),
        ("export", (draft.pk, "print")),
        ("change", (flagged.pk,)),
    ):
        looked(page, address(live_server, name, *args))
    Card.objects.filter(pk=draft.pk).update(status="published")
    looked(page, address(live_server, "retire", draft.pk))
    Card.objects.filter(pk=draft.pk).update(status="draft")
    looked(page, address(live_server, "import"))
    write_code(page, "#id_text", SEED.replace("4 - Explanation", "4 - Why"))
    page.click("text=Look at it")
    page.wait_for_selector(".problems")
    looked(page)
    write_code(page, "#id_text", SEED)
    page.click("text=Look at it")
    page.wait_for_selector(".import-card")
    looked(page)
    page.emulate_media(color_scheme="dark")
    looked(page, address(live_server, "change", draft.pk))
    page.click("#versions-group >> text=Open all")
    page.click("[data-run]")
    page.wait_for_selector("table.claims", timeout=60_000)
    looked(page)
    page.click(".state-forms >> text=Verify")
    page.wait_for_selector("[data-verify-result] h2", timeout=60_000)
    looked(page)


def looked(page, url=""):
    """Let axe look at a page with everything open, and at how wide it is."""
    if url:
        page.goto(url)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = Axe().run(page).response["violations"]
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    said = [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in serious]
    assert not said, (page.url, said)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, page.url


def mine():
    """Return a draft of the instructor: the seed card under another name."""
    data = Card.objects.get(slug="profile-update").data()
    card = write(msgspec.structs.replace(data, slug="mine", number=70, status="draft"))
    Card.objects.filter(pk=card.pk).update(author=User.objects.get(username="ina"))
    return Card.objects.get(pk=card.pk)


def test_run_now_counts_its_runs_can_be_stopped_and_hears_its_keys_at_once(inside, live_server):
    page, card = inside, mine()
    page.goto(address(live_server, "change", card.pk))
    page.click("#cases-0 [data-fold]")
    write_code(page, "#id_cases-0-action", "while True:\n    pass\n")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+Enter")
    result = page.locator("[data-run-result]")
    result.get_by_text(re.compile(r"^\d+ of \d+ runs$")).wait_for()
    result.get_by_role("button", name="Stop").click()
    result.get_by_text(re.compile(r"Stopped after \d+ of \d+ runs")).wait_for()
    assert page.locator("[data-run]").inner_text() == "Run now"
    page.locator("#site-name a").focus()
    write_code(page, "#id_cases-0-action", "x = 1\n")
    page.keyboard.press("Control+Enter")
    result.locator("table.claims").wait_for(timeout=60_000)


def test_a_text_to_import_is_back_after_a_reload_until_it_is_saved(inside, live_server):
    page = inside
    page.goto(address(live_server, "import"))
    write_code(page, "#id_text", SEED)
    page.reload()
    editor = page.locator("#id_text + .editor-host .cm-content")
    editor.get_by_text("Question 4").first.wait_for()
    page.get_by_text("What you typed on").wait_for()
    page.click("text=Look at it")
    page.wait_for_selector(".import-card")
    page.goto(address(live_server, "import"))  # looked at is not saved
    editor.get_by_text("Question 4").first.wait_for()
    page.click("text=Look at it")
    page.get_by_role("button", name="Save 1 draft").click()
    page.wait_for_selector(".messagelist .success")
    page.goto(address(live_server, "import"))
    page.wait_for_selector("#id_text + .editor-host")
    assert page.input_value("#id_text") == ""


def test_a_text_to_import_is_shown_to_nobody_else_and_can_be_thrown_away(inside, live_server):
    page = inside
    page.goto(address(live_server, "import"))
    write_code(page, "#id_text", SEED)
    page.context.clear_cookies()
    User.objects.create_superuser("root", password="a long one")
    page.goto(address(live_server, "import"))
    for name in ("root", "ina"):
        page.fill("#id_username", name)
        page.fill("#id_password", "a long one")
        page.click("[type=submit]")
        page.wait_for_selector("#id_text + .editor-host")
        assert bool(page.input_value("#id_text")) == (name == "ina")
        if name == "root":
            page.context.clear_cookies()
            page.goto(address(live_server, "import"))
    page.get_by_role("button", name="Throw it away").click()
    page.reload()
    page.wait_for_selector("#id_text + .editor-host")
    assert page.input_value("#id_text") == ""


def test_a_new_card_begins_at_its_first_field_and_mistakes_at_theirs(inside, live_server):
    page = inside
    page.goto(address(live_server, "add"), wait_until="load")
    assert page.evaluate("document.activeElement.id") == "id_number"
    page.fill("#id_title", "Only a title")
    save_refused = page.locator("input[name=_continue]").last
    save_refused.click()
    page.wait_for_selector(".errornote")
    page.wait_for_load_state("load")
    assert page.evaluate("!!document.activeElement.closest('.errors')")


def test_what_is_lacking_shrinks_as_claims_are_taken(inside, live_server):
    page, card = inside, mine()
    page.goto(address(live_server, "change", card.pk))
    page.evaluate(
        "document.querySelectorAll('[name$=\"-said\"]').forEach((each) => { each.value = ''; })"
    )
    page.click("[data-run]")
    page.wait_for_selector(".lacking", timeout=60_000, state="attached")
    said = page.locator(".lacking [data-count]")
    before = int(said.inner_text())
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("table.claims tbody tr").first.locator("[data-take]").first.click()
    assert int(said.inner_text()) == before
    page.click("[data-take-all]")
    assert page.locator(".lacking [data-lacks]").count() == 0


def test_all_that_changes_a_state_is_written_alike(inside, live_server):
    page, card = inside, mine()
    Card.objects.filter(pk=card.pk).update(status="published")
    page.goto(address(live_server, "change", card.pk))
    size = "all => [...new Set(all.map((each) => getComputedStyle(each).fontSize))].length"
    assert page.locator(".state-forms .button").evaluate_all(size) == 1
