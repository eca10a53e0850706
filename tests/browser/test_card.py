"""The card in a real browser: the whole loop with and without scripts, by keyboard, for all."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command

from questions.models import Card
from tests.questions.bank import a_card
from tutor.models import ReviewLog, Visit

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def card():
    a_card(2, title="Another note")
    return a_card(1)


@pytest.fixture
def seed():
    call_command("load_cards", settings.CARDS_DIR / "profile-update", verbosity=0)


@pytest.fixture
def plain_page(browser):
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def predict(page, live_server, create="1", again="1"):
    page.goto(f"{live_server.url}/cards/note-1/")
    page.fill("#n-create", create)
    page.fill("#n-again", again)
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_selector("#gap")


def go(page, way):
    """Go back or forward; htmx loads the page anew once it hears of that."""
    with page.expect_event("load"):
        page.evaluate(f"history.{way}()")


def explain(page):
    page.fill("#own", "The receiver hears every save.")
    page.get_by_role("button", name="Show the explanation").click()
    page.wait_for_selector("#rate")


def assert_readable(page):
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def assert_no_wider(page, *widths):
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_back_and_forward_show_the_whole_page(page, live_server, card):
    predict(page, live_server)
    for way in ("back", "forward"):
        go(page, way)
        assert page.locator("header.masthead").count() == 1
        assert page.locator("#card").count() == 1


def test_the_key_that_runs_sends_words(page, live_server, card):
    predict(page, live_server)
    page.fill("#own", "The receiver hears every save.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#rate")
    assert "The receiver hears every save." in page.inner_text("#card")


def test_words_survive_a_reload(page, live_server, card):
    predict(page, live_server)
    page.locator("#own").press_sequentially("Every save")
    page.wait_for_selector("#was[value='Every save']", state="attached")
    page.locator("#own").press_sequentially(" is heard")
    page.wait_for_selector("#was[value='Every save is heard']", state="attached")
    page.reload()
    assert page.input_value("#own") == "Every save is heard"
    page.locator("#own").press("Control+End")
    page.locator("#own").press_sequentially(".")
    page.get_by_role("button", name="Show the explanation").click()
    page.wait_for_selector("#rate")
    assert page.inner_text("#card").count("Every save is heard.") == 1


def test_from_home_to_the_first_surprise_in_two_actions(page, live_server, seed):
    page.goto(live_server.url)
    page.locator("label.choice", has_text="1").first.click()  # what most people say
    page.get_by_role("button", name="Run it and see").click()
    page.wait_for_selector("#gap")
    assert page.inner_text("#gap") == "You said 1. It sent 2."
    assert "because normalise_bio" in page.inner_text("section.gap .lede")


def test_the_whole_loop(page, live_server, card):
    predict(page, live_server)
    assert page.inner_text("#gap") == "You said 1. It sent 2."
    page.wait_for_selector("table.ledger")
    assert page.locator("table.ledger a.sent").count() == 4
    page.get_by_role("button", name="A hint").click()
    page.wait_for_selector("text=Hint 1 of 2 used")
    explain(page)
    assert "The receiver hears every save." in page.inner_text("blockquote")
    page.get_by_label("SECRET idea one").check()
    page.wait_for_selector("text=Ticked: 1 of 2")
    page.keyboard.press("3")
    page.wait_for_selector("text=Rated: good")
    page.keyboard.press("z")
    page.wait_for_selector("text=How well did you know it?")


def test_the_whole_loop_without_javascript(plain_page, live_server, card):
    page = plain_page
    predict(page, live_server)
    assert page.locator("table.ledger a.sent").count() == 4
    page.get_by_role("link", name="Back", exact=True).click()
    assert "Step 6 of" in page.inner_text(".steps-bar")
    page.locator("table.ledger a.sent").nth(1).click()
    assert "A new note, fixed" in page.inner_text("#emails")
    explain(page)
    page.get_by_role("button", name="Good").click()
    assert page.get_by_text("Rated: good").count() == 1


def test_two_tabs_back_reload_and_double_clicks_lose_and_double_nothing(
    page, context, live_server, card
):
    other, address = context.new_page(), f"{live_server.url}/cards/note-1/"
    page.goto(address)
    other.goto(address)
    page.fill("#n-create", "1")
    page.fill("#n-again", "1")
    page.get_by_role("button", name="Run", exact=True).dblclick()
    page.wait_for_selector("#ledger table, table.ledger")
    other.fill("#n-create", "7")
    other.fill("#n-again", "7")
    other.get_by_role("button", name="Run", exact=True).click()
    other.get_by_text("What you said first stands").wait_for()
    page.get_by_role("button", name="A hint").dblclick()
    page.wait_for_selector("text=Hint 1 of 2 used")
    page.fill("#own", "Every save sends it.")
    page.get_by_role("button", name="Show the explanation").dblclick()
    page.wait_for_selector("#rate")
    other.get_by_role("button", name="Show the explanation").click()  # with nothing written
    other.wait_for_selector("blockquote:text-is('Every save sends it.')")
    page.get_by_label("SECRET idea one").check()
    page.wait_for_selector("text=Ticked: 1 of 2")
    page.keyboard.press("3")
    page.keyboard.press("3")
    page.wait_for_selector("text=Rated: good")
    other.keyboard.press("1")
    other.get_by_text("Another tab rated it “good”: that stands.").wait_for()
    for way in ("back", "forward"):
        go(page, way)
        page.reload()
    assert page.get_by_text("Rated: good").is_visible()
    visit, log = Visit.objects.get(), ReviewLog.objects.get()
    assert [each["emails"] for each in visit.predictions.values()] == [1, 1]
    assert (visit.hints, visit.words, visit.ideas) == (1, "Every save sends it.", [0])
    assert (visit.rating, log.rating) == (3, 3)


def test_stepping_moves_list_chart_and_line_together(page, live_server, card):
    predict(page, live_server)
    before = int(page.inner_text("[data-trace] [data-n]"))
    page.locator("#trace-title").click()
    page.keyboard.press("ArrowLeft")
    n = str(before - 1)
    assert page.inner_text("[data-trace] [data-n]") == n
    assert page.locator(".rails [aria-current=step]").get_attribute("data-step") == n
    assert page.locator("svg.chart.wide .at").get_attribute("data-step") == n
    assert page.locator(".listing .ln.lit").count() == 1
    assert f"step={n}" in page.url
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    assert page.locator("[data-forward]").get_attribute("aria-disabled") == "true"


IN_VIEW = """() => [...document.querySelectorAll("#trace [data-step].at")].some((each) => {
    const { top, bottom } = each.getBoundingClientRect();
    return each.getClientRects().length && top >= 0 && bottom <= innerHeight;
})"""


def test_an_email_is_lit_in_the_drawing_as_any_other_step(page, live_server, card):
    predict(page, live_server)
    email = page.locator(".rails li.email").first
    email.locator("a").first.click()
    page.wait_for_selector(".rails li.email.at")
    fills = page.locator("svg.chart.wide .mail .e").evaluate_all(
        "(all) => all.map((each) => getComputedStyle(each).fill)"
    )
    assert fills[0] == "rgb(240, 177, 58)" and fills.count(fills[0]) == 1


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_key_brings_the_step_into_view(page, live_server, card, motion):
    page.emulate_media(reduced_motion=motion)
    predict(page, live_server)
    page.set_viewport_size({"width": 360, "height": 640})
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    assert not page.evaluate(IN_VIEW)
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(IN_VIEW)
    stands = page.evaluate("scrollY")
    page.keyboard.press("ArrowRight")  # a step beside one in view moves nothing
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(IN_VIEW) and abs(page.evaluate("scrollY") - stands) < 300
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(IN_VIEW)


def test_a_next_card_with_a_long_word_is_no_wider_than_a_phone(page, live_server, card):
    Card.objects.filter(slug="note-2").update(title="on_commit(welcome(runner))")
    page.set_viewport_size({"width": 360, "height": 740})
    predict(page, live_server)
    page.get_by_role("button", name="Skip, show the explanation").click()
    page.locator("#next").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_cell_opens_in_place_and_moves_the_page_nowhere_else(page, live_server, card):
    predict(page, live_server)
    page.locator("table.ledger a.sent").nth(1).click()
    page.wait_for_selector("#emails :text('A new note, fixed')")
    assert page.locator("#card").count() == 1 and page.locator("#trace").count() == 1


def test_control_enter_runs(page, live_server, card):
    page.goto(f"{live_server.url}/cards/note-1/")
    page.fill("#n-create", "1")
    page.fill("#n-again", "2")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#gap")


def test_keys_open_a_list_and_can_be_switched_off(page, live_server, card):
    page.goto(f"{live_server.url}/cards/")
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.get_by_role("button", name="Switch single keys off").click()
    page.wait_for_load_state()
    page.keyboard.press("?")
    assert not page.locator("dialog#keys").is_visible()


def test_single_keys_do_nothing_while_typing(page, live_server, card):
    page.goto(f"{live_server.url}/cards/")
    page.click("#id_q")
    page.keyboard.type("?/n")
    assert page.input_value("#id_q") == "?/n"
    assert not page.locator("dialog#keys").is_visible()


def test_search_answers_while_typing(page, live_server, card):
    page.goto(f"{live_server.url}/cards/note-1/")
    page.keyboard.press("/")
    page.wait_for_url("**/cards/#id_q")
    page.keyboard.type("another")
    page.wait_for_selector("mark")
    assert "q=another" in page.url


def test_a_search_that_another_replaces_is_no_error(page, live_server, card):
    page.goto(f"{live_server.url}/cards/")
    held = []
    page.route(re.compile(r"q=an&"), lambda route: held.append(route))
    page.click("#id_q")
    page.keyboard.type("an")
    page.wait_for_selector("form.filters.htmx-request")
    page.keyboard.type("other")
    page.wait_for_selector("mark")
    assert held and "q=another" in page.url


def test_a_theme_is_kept_without_a_flash(page, live_server, card):
    page.goto(f"{live_server.url}/cards/")
    page.get_by_role("button", name="Dark theme").click()
    page.wait_for_selector("html[data-bs-theme=dark]")
    assert page.url.endswith("/cards/")


def test_mending_a_card_in_the_editor(page, live_server, card):
    predict(page, live_server)
    page.goto(f"{live_server.url}/cards/note-1/fix/")
    page.wait_for_selector(".cm-content")
    page.locator(".cm-line", has_text="send_mail(").last.click()
    page.keyboard.press("Home")
    page.keyboard.type("if kwargs['created']: ")
    page.keyboard.press("Shift+Home")  # typed over a selection, it reports no style
    page.keyboard.type("    if kwargs['created']: ")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=It holds in every case")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.wait_for_function("!document.activeElement.closest('.editor-host')")
    page.get_by_role("link", name="file", exact=False).click()
    page.keyboard.type("extra.py")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tabs a[aria-current=true] >> text=extra.py")
    page.reload()
    page.wait_for_selector(".code:not([hidden]) .cm-content")
    page.get_by_role("link", name="models.py").click()
    assert "if kwargs['created']" in page.inner_text(".code:not([hidden]) .cm-content")


STOP_WHEN_GREY = """() => {
    const watch = setInterval(() => {
        const old = document.querySelector("#result[aria-busy=true]");
        if (!old || getComputedStyle(old).opacity > 0.9) return;
        clearInterval(watch);
        document.querySelector("[data-stop]").click();
    }, 100);
}"""


@pytest.mark.parametrize("address", ["/cards/note-1/fix/", "/playground/"])
def test_what_an_earlier_run_left_is_grey_while_the_next_goes(page, live_server, card, address):
    predict(page, live_server)
    page.goto(live_server.url + address)
    for text in ("def (:\n", "while True: pass\n#"):
        # The page does it itself: while another is on its way, the driver waits for that.
        if text.startswith("while"):
            page.evaluate(STOP_WHEN_GREY)
        page.locator(".cm-content").first.click()
        page.keyboard.press("Control+Home")
        page.keyboard.insert_text(text)
        page.keyboard.press("Control+Enter")
        if text.startswith("def"):
            page.locator("#result").get_by_text("SyntaxError").first.wait_for()
            assert page.locator("[aria-busy]").count() == 0
    page.wait_for_selector("#stopped")
    assert page.locator("[aria-busy]").count() == 0


def test_a_run_is_stopped_at_once_and_in_silence(page, live_server, card):
    predict(page, live_server)
    page.goto(f"{live_server.url}/cards/note-1/fix/")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("while True: pass\n")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("#stopped >> text=Stopped.")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("# ")
    page.keyboard.press("Control+Enter")  # the form is free for the next run
    page.wait_for_selector("text=Nothing is fixed yet")
    assert page.locator("#stopped").count() == 0


def test_what_was_just_typed_survives_a_reload(page, live_server, card):
    predict(page, live_server)
    page.goto(f"{live_server.url}/cards/note-1/fix/")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("# just now")
    page.reload()
    page.wait_for_selector(".cm-content")
    assert "# just now" in page.inner_text(".cm-content")
    page.wait_for_selector("[data-kept]:text-is('Kept')")
    page.reload()
    page.wait_for_selector(".cm-content")
    assert "# just now" in page.inner_text(".cm-content")


def test_what_was_just_typed_overwrites_no_other_tab_after_a_reload(
    page, context, live_server, card
):
    page.goto(f"{live_server.url}/playground/")
    other = context.new_page()
    other.goto(page.url)
    for each in (page, other):
        each.locator(".cm-content").first.click()
        each.keyboard.press("Control+Home")
    page.keyboard.insert_text("# mine\n")
    page.wait_for_selector("[data-kept]:text-is('Kept')")
    other.bring_to_front()
    other.keyboard.insert_text("# other\n")
    other.reload()
    other.get_by_text("Not kept: another tab changed this code.").wait_for()
    assert "# other" in other.locator(".cm-content").first.inner_text()
    page.reload()
    page.locator(".cm-content").first.wait_for()
    assert "# mine" in page.locator(".cm-content").first.inner_text()


def test_code_that_is_too_long_survives_a_reload(page, live_server, card):
    predict(page, live_server)
    page.goto(f"{live_server.url}/cards/note-1/fix/")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("# mine\n" + f"# {'x' * 70}\n" * 1000)
    page.get_by_text("Not kept. models.py is longer than 64 KiB.").wait_for()
    page.keyboard.press("Control+Enter")
    page.get_by_text("Your text is not saved.").wait_for()
    page.reload()
    page.locator(".cm-content").wait_for()
    page.get_by_text("Not kept. models.py is longer than 64 KiB.").wait_for()
    assert page.locator("textarea.source").first.evaluate("(t) => t.value").startswith("# mine")


def test_of_two_tabs_the_one_that_is_older_chooses(page, context, live_server, card):
    card.hints = ["Look at the receiver."]
    card.save()
    predict(page, live_server)
    page.goto(f"{live_server.url}/cards/note-1/fix/")
    other = context.new_page()
    other.goto(page.url)
    for each, text in ((page, "# mine\n"), (other, "# other\n")):
        each.bring_to_front()
        each.locator(".cm-content").first.click()
        each.keyboard.press("Control+Home")
        each.keyboard.insert_text(text)
        if each is page:
            page.wait_for_selector("[data-kept]:text-is('Kept')")
    other.get_by_text("Not kept: another tab changed this code.").wait_for()
    other.get_by_role("button", name="A hint").click()
    other.get_by_text("Look at the receiver.").wait_for()
    other.get_by_role("button", name="keep what is here in its place").click()
    other.wait_for_selector("[data-kept]:text-is('Kept')")
    assert other.locator("[data-elsewhere]").is_hidden()
    page.reload()
    page.locator(".cm-content").first.wait_for()
    assert "# other" in page.locator(".cm-content").first.inner_text()


def test_text_that_is_not_kept_is_not_left_unasked(page, context, live_server, card):
    predict(page, live_server)
    page.goto(f"{live_server.url}/cards/note-1/fix/")
    other = context.new_page()
    other.goto(page.url)
    asked = []
    other.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    for each in (page, other):
        each.bring_to_front()
        each.locator(".cm-content").first.click()
        each.keyboard.type(f"# tab {each is page}")
        if each is page:
            page.wait_for_selector("[data-kept]:text-is('Kept')")
    other.get_by_text("Not kept: another tab changed this code.").wait_for()
    away = other.locator("nav[aria-label=Main] a").first
    away.click()
    other.wait_for_timeout(200)
    assert asked == ["beforeunload"] and other.url == page.url
    other.get_by_role("button", name="keep what is here in its place").click()
    other.wait_for_selector("[data-kept]:text-is('Kept')")
    away.click()
    other.wait_for_url("**/cards/")
    assert asked == ["beforeunload"]


def test_what_was_just_typed_is_for_no_other_visitor(page, context, live_server, card):
    predict(page, live_server)
    page.goto(f"{live_server.url}/cards/note-1/fix/")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("# mine alone")
    page.goto(f"{live_server.url}/cards/")
    context.clear_cookies()
    predict(page, live_server)
    page.goto(f"{live_server.url}/cards/note-1/fix/")
    page.wait_for_selector(".cm-content")
    assert "# mine alone" not in page.inner_text(".cm-content")


def test_code_of_two_tabs_is_overwritten_only_when_asked_twice(page, context, live_server, card):
    predict(page, live_server)
    other = context.new_page()
    for each in (page, other):
        each.goto(f"{live_server.url}/cards/note-1/fix/")
        each.locator(".cm-content").click()
        each.keyboard.press("Control+Home")
    page.keyboard.type("# mine")
    page.wait_for_selector("[data-kept]:text-is('Kept')")
    page.keyboard.type(", and more")
    page.wait_for_selector("[data-kept]:text-is('Kept')")
    other.bring_to_front()
    other.keyboard.insert_text("# other\n")
    other.get_by_text("Not kept: another tab changed this code.").wait_for()
    other.keyboard.press("Control+Enter")
    other.get_by_role("alert").get_by_text("Another tab changed this code since.").wait_for()
    other.keyboard.press("Control+Enter")
    other.wait_for_selector("text=Nothing is fixed yet")
    page.reload()
    assert "# other" in page.inner_text(".cm-content")


def test_what_is_missing_is_said_in_place_of_a_bubble(page, live_server, card):
    page.goto(live_server.url)
    page.get_by_role("button", name="Run it and see").click()
    page.get_by_role("alert").get_by_text("Choose one first.").wait_for()
    page.keyboard.press("Space")
    assert page.locator(".lacks").count() == 0
    page.get_by_role("button", name="Run it and see").click()
    page.wait_for_selector("#gap")


def test_keys_that_need_scripts_are_not_promised_without(plain_page, page, live_server, card):
    for each, shown in ((page, True), (plain_page, False)):
        each.goto(f"{live_server.url}/cards/note-1/")
        assert each.get_by_text("runs, too").is_visible() is shown
        assert each.locator(".foot kbd").is_visible() is shown


def test_mending_a_card_without_javascript(plain_page, live_server, card):
    page = plain_page
    predict(page, live_server)
    page.goto(f"{live_server.url}/cards/note-1/fix/")
    page.fill("textarea.source", "def (:\n")
    page.get_by_role("button", name="Run 2 cases").click()
    assert "It does not even start" in page.inner_text("#result")
    assert "def (:" in page.input_value("textarea.source")
    page.locator("#files summary").click()
    page.get_by_label("New file").fill("signals.py")
    page.get_by_role("button", name="Add").click()
    assert page.locator("textarea.source").count() == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_stage_is_readable_by_all_and_no_wider_than_its_window(
    page, live_server, card, scheme
):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    def look():
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert_readable(page)
        assert_no_wider(page, 768, 320, 1280)

    for address in ("/", "/cards/", "/cards/?q=note", "/topics/signal-handling/", "/keys/"):
        page.goto(f"{live_server.url}{address}")
        look()
    page.goto(f"{live_server.url}/cards/note-1/")
    look()
    predict(page, live_server)
    page.wait_for_selector("table.ledger")
    look()
    page.goto(f"{live_server.url}/cards/note-1/fix/")
    page.wait_for_selector(".cm-content")
    look()
    page.goto(f"{live_server.url}/cards/note-1/?at=why")
    explain(page)
    look()


def test_the_playground_runs_and_is_readable_by_all(page, live_server, card):
    page.goto(f"{live_server.url}/playground/")
    page.wait_for_selector(".cm-content")
    page.get_by_role("button", name="case", exact=False).first.click()
    page.wait_for_selector("[name='title:1']")
    page.wait_for_selector(".cm-content")  # the script that keeps what is typed is there
    page.fill("[name='title:1']", "The second")
    page.wait_for_selector("[data-kept]:text-is('Kept')")
    page.reload()
    assert page.get_by_role("link", name="The second").count() == 1
    page.wait_for_selector(".cm-content")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#trace")
    page.wait_for_selector(".cm-content")
    assert "Two emails were sent, one was wanted" in page.inner_text("#emails")
    assert "As wanted in 0 of 2" in page.inner_text("#result")
    assert_readable(page)
    assert_no_wider(page, 320, 768)


def test_a_run_of_the_playground_leaves_what_can_be_undone(page, live_server):
    page.goto(f"{live_server.url}/playground/")
    page.locator(".cm-content").first.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# mine ")
    with page.expect_event("load"):
        page.keyboard.press("Control+Enter")
    page.wait_for_selector("#trace")
    page.locator(".cm-content", has_text="# mine").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.locator(".cm-content").first.filter(has_not_text="# mine").wait_for()


CARET = """() => {
    const root = document.querySelector("#case-2 .editor-host").shadowRoot;
    const lines = [...root.querySelectorAll(".cm-line")];
    return lines.indexOf(root.querySelector(".cm-activeLine"));
}"""


def test_a_run_leaves_the_learner_at_the_tabs_and_the_line(page, live_server, card):
    page.goto(f"{live_server.url}/playground/")
    page.wait_for_selector(".cm-content")
    page.get_by_text("Add, rename or delete a file").click()
    page.fill("#new", "later.py")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tabs a[aria-current=true] >> text=later.py")
    page.get_by_role("button", name="case", exact=False).first.click()
    page.locator("[name='title:1']:focus").wait_for()
    page.keyboard.type("The second")
    page.get_by_role("link", name="later.py").click()
    page.locator("#case-2 .cm-line").nth(2).click()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#trace")
    page.locator("#case-2 .cm-content").wait_for()
    tabs = page.locator(".tabs a[aria-current=true]")
    assert tabs.all_inner_texts() == ["later.py", "The second"]
    assert page.evaluate(CARET) == 2
    page.wait_for_function("document.activeElement.id === 'result'")
    page.locator("#result .holds a").first.click()
    page.wait_for_url("**case=paid_then_saved_again**")
    page.locator("#case-1 .cm-content").wait_for()
    assert tabs.all_inner_texts() == ["later.py", "Paid, then saved again"]
    page.reload()
    page.get_by_role("link", name="models.py", exact=True).and_(
        page.locator("[aria-current=true]")
    ).wait_for()


def test_a_page_that_is_not_there_is_in_style(page, live_server, allowed_failures, settings):
    allowed_failures.add(404)
    settings.DEBUG = False
    page.goto(f"{live_server.url}/nowhere/")
    assert "This page is not here" in page.inner_text("h1")
    assert_readable(page)
