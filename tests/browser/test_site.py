"""The site answers in a real browser; on a phone it fits, and a finger hits what it means."""

import pytest
from django.contrib.auth.models import User

from tests.questions.bank import a_card

WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOW = """() => [...document.querySelectorAll("button, summary, select, .button, .tabs a, .choice")]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    .filter((each) => !each.matches(".link, .hidden") && each.getBoundingClientRect().height < 43.5)
    .map((each) => each.outerHTML.slice(0, 120))"""
SEEN = """(all) => all.filter((each) => each.checkVisibility() && !each.closest("dialog"))
    .map((each) => each.outerHTML)"""
PAGES = (
    "/", "/cards/", "/cards/?q=nothing", "/cards/note-1/", "/topics/signal-handling/", "/quiz/",
    "/review/", "/progress/", "/progress/delete/", "/playground/", "/join/", "/keys/", "/404",
    "/account/sign-in/", "/account/sign-up/", "/account/password/forgotten/",
)  # fmt: skip


@pytest.fixture
def allowed_failures():
    return {404}


@pytest.fixture
def phone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    return page


def test_it_works(page, live_server):
    page.goto(f"{live_server.url}/admin/login/")
    assert "Log in" in page.title()


def test_a_finger_hits_every_control_of_a_phone(phone, live_server):
    a_card(1, title="A_name_without_any_space_that_is_as_long_as_names_in_code_sometimes_are")
    for path in PAGES:
        phone.goto(live_server.url + path)
        assert phone.evaluate(LOW) == [], path
        assert phone.evaluate(WIDE) <= 0, path


def test_a_phone_is_told_no_keys_and_its_head_has_air(browser, live_server):
    a_card(1)
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    for path in ("/", "/cards/note-1/", "/quiz/", "/review/", "/playground/"):
        page.goto(live_server.url + path)
        assert page.locator("kbd").evaluate_all(SEEN) == [], path
        for each in (".wordmark", ".theme fieldset", ".tools .button"):
            assert page.locator(each).bounding_box()["y"] >= 4, (path, each)
    context.close()


def test_the_head_of_a_phone_has_two_lines_for_a_long_name_too(phone, live_server, client):
    client.force_login(User.objects.create_user("maximiliana.philippa@example.com"))
    phone.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    for width in (320, 360, 412):
        phone.set_viewport_size({"width": width, "height": 740})
        phone.goto(f"{live_server.url}/cards/")
        tops = [
            phone.locator(f".masthead {each}").bounding_box()["y"]
            for each in (".wordmark", ".whose")
        ]
        assert abs(tops[0] - tops[1]) < 10, width
        assert phone.evaluate(WIDE) <= 0, width


def test_run_is_in_sight_while_a_prediction_is_filled_in(page, live_server):
    card = a_card(1)
    for name in ("third", "last"):
        card.cases.create(name=name, title=name, action="pass", wanted=1, predict=True, order=9)
    for width, height in ((1280, 720), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{live_server.url}/cards/note-1/")
        page.locator("#n-create").scroll_into_view_if_needed()
        page.locator("#n-again").focus()
        box = page.get_by_role("button", name="Run", exact=True).bounding_box()
        assert box["y"] + box["height"] <= height, width
        page.locator("#n-last").focus()  # what has the focus is not under the bar
        at = page.locator("#n-last").bounding_box()
        bar = page.locator(".predict > .actions").bounding_box()
        assert at["y"] + at["height"] <= bar["y"] + 1, width


def test_the_current_page_is_told_apart_in_the_colours_a_reader_chose(page, live_server):
    page.emulate_media(forced_colors="active")
    page.goto(f"{live_server.url}/cards/")
    edge = "each => getComputedStyle(each).borderBottomColor"
    here, other = (
        page.get_by_label("Main").get_by_role("link", name=name).evaluate(edge)
        for name in ("Cards", "Quiz")
    )
    assert here != other
