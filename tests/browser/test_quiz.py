"""Quizzes in a real browser: the keyboard alone, no JavaScript, two tabs, back and reload."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.tutor import factories
from tutor.kinds import KINDS
from tutor.models import Attempt, Response, ReviewLog

FOCUSED = "selector => document.activeElement.matches(selector)"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
IDS = """[...document.querySelectorAll("[id]")].map(e => e.id)
    .filter((id, n, all) => all.indexOf(id) !== n)"""


@pytest.fixture
def cards():
    return [factories.card(number) for number in (1, 2, 3)]


def tab_to(page, selector):
    """Press Tab until an element that matches has the focus, as somebody without a mouse does."""
    for _ in range(120):
        if page.evaluate(FOCUSED, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached with Tab")


def begin(page, live_server, kind):
    page.goto(f"{live_server.url}{reverse('tutor:quizzes')}")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    tab_to(page, f"input[name=kinds][value={kind}]")
    page.keyboard.press("Space")
    tab_to(page, "button.main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/1/")


def type_row(page):
    for n in range(4):
        tab_to(page, f"[name=emails_{n}]")
        page.keyboard.type("1")


def type_which(page):
    for n, select in enumerate(page.locator("select").all()):
        tab_to(page, f"[name=which_{n}]")
        for _ in range(n + 1):
            page.keyboard.press("ArrowDown")
        assert select.input_value() == str(n)


def type_choice(page, selector):
    tab_to(page, selector)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")


def type_order(page):
    tab_to(page, "button[name=move]")
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.id")
    page.keyboard.press("Space")
    page.locator(".moved").wait_for()
    page.wait_for_function(FOCUSED, arg=f"#{name}")


def type_fix(page):
    page.locator(".cm-content").first.wait_for()
    tab_to(page, ".editor-host")
    page.keyboard.press("Control+End")
    page.keyboard.type("# mine")
    page.keyboard.press("Control+Enter")
    page.get_by_text("What it did").wait_for()
    page.locator(".cm-content").first.wait_for()
    assert "# mine" in page.inner_text(".cm-content")
    page.wait_for_function(FOCUSED, arg=".editor-host")  # the run took nobody out of it
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")


TYPE = {
    "number": lambda page: page.keyboard.type("1"),
    "row": type_row,
    "which": type_which,
    "line": lambda page: type_choice(page, "input[name=line]"),
    "choose": lambda page: type_choice(page, "input[name=option]"),
    "order": type_order,
    "fix": type_fix,
    "explain": lambda page: page.keyboard.type("Every save sends it."),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_with_the_keyboard_alone(page, live_server, cards, kind):
    begin(page, live_server, kind)
    assert page.evaluate(WIDE) <= 0 and page.evaluate(IDS) == []
    TYPE[kind](page)
    if KINDS[kind].SURE:
        tab_to(page, "input[name=sure]")
        page.keyboard.press("Space")
    tab_to(page, "button[name=answer]")
    page.keyboard.press("Enter")
    page.locator(".rating").wait_for()
    assert "EXPLANATION-CANARY" in page.content() and page.evaluate(IDS) == []
    page.keyboard.press("2")
    page.wait_for_url("**/2/")
    assert Response.objects.get(position=1).grade == 2


STOP = """() => {
    const watch = setInterval(() => {
        const all = [...document.querySelectorAll("[data-stop]")];
        const seen = all.filter((each) => each.checkVisibility({ visibilityProperty: true }));
        if (seen.length !== 1) return;
        clearInterval(watch);
        seen[0].click();
    }, 100);
}"""


def test_a_run_of_a_quiz_is_stopped_and_nothing_is_graded(page, live_server, cards):
    begin(page, live_server, "fix")
    page.locator(".cm-content").first.click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("while True: pass\n")
    for press in (
        lambda: page.keyboard.press("Control+Enter"),
        lambda: page.get_by_role("button", name="Hand in").click(),
    ):
        # The page does it itself: while another is on its way, the driver waits for that.
        page.evaluate(STOP)
        press()
        page.get_by_role("alert").get_by_text("Stopped. Nothing is graded").wait_for()
        page.wait_for_function(FOCUSED, arg="#mistake")
        page.locator(".cm-content").first.wait_for()
        assert "while True: pass" in page.inner_text(".cm-content")
        assert Response.objects.get(position=1).answered_at is None


def test_code_of_two_tabs_is_overwritten_only_when_asked_twice(page, context, live_server, cards):
    begin(page, live_server, "fix")
    other = context.new_page()
    other.goto(page.url)
    for each in (page, other):
        each.locator(".cm-content").first.click()
        each.keyboard.press("Control+Home")
    page.keyboard.type("# mine")
    page.wait_for_selector("text=Kept")
    page.keyboard.type(", and more")
    page.wait_for_selector("text=Kept")
    other.bring_to_front()
    other.keyboard.insert_text("# other\n")
    other.get_by_text("Not kept. Another tab changed this code since.").wait_for()
    other.keyboard.press("Control+Enter")
    other.get_by_role("alert").get_by_text("Another tab changed this code since.").wait_for()
    other.get_by_role("link", name="Show what the other tab has").wait_for()
    other.locator(".cm-content").first.wait_for()
    other.keyboard.press("Control+Enter")
    other.get_by_text("What it did").wait_for()
    page.reload()
    page.locator(".cm-content").first.wait_for()
    assert "# other" in page.inner_text(".cm-content")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_readable_by_all(page, live_server, cards, kind):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        begin(page, live_server, kind)
        assert_readable(page)
    if kind in ("number", "explain", "order"):
        TYPE[kind](page)
        page.locator("button.main[name=answer]").click()
        page.locator(".rating").wait_for()
        assert_readable(page)


def assert_readable(page):
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    size = page.viewport_size
    for width in (320, 768):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(WIDE) <= 0, width
    page.set_viewport_size(size)


@pytest.mark.parametrize("kind", ["line", "order"])
def test_keys_are_told_only_where_there_is_a_keyboard(browser, page, live_server, cards, kind):
    phone = browser.new_context(has_touch=True, is_mobile=True)
    for each, told in ((page, True), (phone.new_page(), False)):
        begin(each, live_server, kind)
        assert each.locator(".keys-hint").first.is_visible() is told
    phone.close()


@pytest.fixture
def plain_page(browser, live_server):
    """Return a page of a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_quiz_of_three_without_javascript(plain_page, live_server, cards):
    page = plain_page
    page.goto(f"{live_server.url}{reverse('tutor:quizzes')}")
    page.get_by_label("3", exact=True).check()
    page.locator("summary").click()
    page.get_by_label("predict the number").check()
    page.get_by_role("button", name="Start").click()
    for _ in range(3):
        page.get_by_label("Emails").fill("1")
        page.get_by_label("think").check()
        page.get_by_role("button", name="Answer").click()
        page.get_by_role("button", name="Good").click()
    assert "of 3" in page.locator("h1").inner_text()
    assert Attempt.objects.get().finished and ReviewLog.objects.count() == 3


def choose_each(page):
    for n, select in enumerate(page.locator("select").all()):
        select.select_option(str(n))


PLAIN = {
    "number": lambda page: page.fill("#emails", "1"),
    "row": lambda page: [field.fill("1") for field in page.locator("input.count").all()],
    "which": choose_each,
    "line": lambda page: page.locator(".pick label").first.click(),
    "choose": lambda page: page.locator(".choice", has_text="A").click(),
    "order": lambda page: page.get_by_label("Move line 2 up").click(),
    "fix": lambda page: page.locator("textarea.source").fill(factories.FIXED),
    "explain": lambda page: page.fill("#words", "Every save sends it."),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_without_javascript(plain_page, live_server, cards, kind):
    page = plain_page
    page.goto(f"{live_server.url}{reverse('tutor:quizzes')}")
    page.locator("summary").click()
    page.locator(f"input[name=kinds][value={kind}]").check()
    page.get_by_role("button", name="Start").click()
    PLAIN[kind](page)
    page.locator("button.main[name=answer]").click()
    page.locator(".rating").wait_for()
    page.get_by_role("button", name="Hard").click()
    assert page.url.endswith("/2/") and Response.objects.get(position=1).grade == 2


def test_lines_are_moved_without_javascript(plain_page, live_server, cards):
    page = plain_page
    page.goto(f"{live_server.url}{reverse('tutor:quizzes')}")
    page.locator("summary").click()
    page.get_by_label("put the fix in order").check()
    page.get_by_role("button", name="Start").click()
    before = page.locator(".order pre").all_inner_texts()
    page.get_by_label("Move line 2 up").click()
    after = page.locator(".order pre").all_inner_texts()
    assert after == [before[1], before[0], *before[2:]]
    page.reload()
    assert page.locator(".order pre").all_inner_texts() == after


def test_back_reload_and_a_second_tab_lose_and_double_nothing(page, context, live_server, cards):
    begin(page, live_server, "number")
    other = context.new_page()
    other.goto(page.url)
    page.get_by_label("Emails").fill("1")
    page.get_by_role("button", name="Answer").click()
    page.locator(".rating").wait_for()
    # The other tab still shows the question and sends another answer.
    other.get_by_label("Emails").fill("9")
    other.get_by_role("button", name="Answer").click()
    other.get_by_text("Your first answer stands.").wait_for()
    page.reload()
    page.go_back()
    page.reload()
    assert page.locator(".rating").is_visible()
    page.keyboard.press("3")
    page.wait_for_url("**/2/")
    other.keyboard.press("4")
    other.get_by_text("Another tab graded it “good”: that stands.").wait_for()
    response = Response.objects.get(position=1)
    assert response.answer == 1 and response.grade == 3 and ReviewLog.objects.count() == 1


def test_a_double_click_begins_one_sitting(page, live_server, cards):
    page.goto(f"{live_server.url}{reverse('tutor:quizzes')}")
    page.get_by_role("button", name="Start").dblclick()
    page.locator("#question").wait_for()  # the second click breaks the first one's navigation off
    assert Attempt.objects.count() == 1


def test_single_keys_never_fire_while_typing(page, live_server, cards):
    begin(page, live_server, "explain")
    page.wait_for_function(FOCUSED, arg="textarea")
    page.keyboard.type("1 2 3 4 z ?")
    assert page.locator("textarea").input_value() == "1 2 3 4 z ?"


def test_the_fix_that_is_chosen_is_open_to_read(page, live_server, cards):
    begin(page, live_server, "choose")
    change = page.locator("[data-option='1']")
    change.locator("> summary").click()
    assert not change.locator(".change").first.is_visible()
    page.locator(".choice", has_text="B").click()
    change.locator(".change").first.wait_for()
    change.get_by_text("All of its code").click()
    change.locator(".more .code").first.wait_for()


def test_a_run_leaves_what_can_be_undone(page, live_server, cards):
    begin(page, live_server, "fix")
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+End")
    for word in ("# one", " and two"):  # the second run begins with what the first one left
        page.keyboard.type(word)
        with page.expect_event("load"):
            page.keyboard.press("Control+Enter")
        page.locator(".cm-editor.cm-focused").wait_for()
    page.locator(".cm-content", has_text="# one and two").wait_for()
    for _ in range(6):
        page.get_by_role("button", name="Undo").click()
    page.locator(".cm-content:not(:has-text('# one'))").wait_for()
    page.get_by_role("button", name="Redo").click()
    page.locator(".cm-content", has_text="# one").wait_for()
