"""A lesson in a real browser: a group, three learners in three browsers, predictions, reveal."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from django.urls import reverse

from tests.tutor import factories
from tutor.models import LiveAnswer

PASSWORD = "correct horse battery"


@pytest.fixture
def card():
    user = User.objects.create_user("teacher", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name="Instructors")[0])
    return factories.card()


@pytest.fixture
def learners(browser):
    """Return pages of three browsers that know nothing of each other."""
    contexts = [browser.new_context() for _ in range(3)]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def sign_in(page, live_server):
    page.goto(f"{live_server.url}{reverse('tutor:sign_in')}?next={reverse('tutor:groups')}")
    page.get_by_label("Name").or_(page.get_by_label("Username")).first.fill("teacher")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.goto(f"{live_server.url}{reverse('tutor:groups')}")


def make_group(page):
    page.get_by_label("Name of the group").fill("Evening class")
    page.get_by_role("button", name="Make the group").click()
    page.get_by_role("heading", name="Evening class").wait_for()
    return page.locator(".join").inner_text()


def join(page, live_server, code, name):
    page.goto(f"{live_server.url}{reverse('tutor:join')}")
    page.get_by_label("Join code").fill(code.lower())
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Your name in this group").fill(name)
    page.get_by_role("button", name="Join").click()
    page.get_by_text("Nothing is asked at the moment").wait_for()


def predict(page, number):
    # The question appears by itself: nobody touched this page since it said nothing is asked.
    page.get_by_label("Emails").fill(str(number))
    page.get_by_label("sure", exact=True).check()
    page.get_by_role("button", name="Predict").click()
    page.get_by_text(f"You said {number}, sure.").wait_for()


def assert_readable(page):
    found = Axe().run(page)
    assert found.violations_count == 0, page.url + found.generate_report()
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, (page.url, width)


def test_a_lesson(page, live_server, card, learners):
    sign_in(page, live_server)
    code = make_group(page)
    for learner, name in zip(learners, ("Ada", "Ben", "Cy"), strict=True):
        join(learner, live_server, code, name)
    page.reload()
    assert page.get_by_role("row").count() == 4
    assert_readable(page)
    page.get_by_label("Card and case").select_option(label="A new profile")
    page.get_by_role("button", name="Project").click()
    page.get_by_text("0 of 3 have predicted").wait_for()
    for learner, number in zip(learners, (0, 1, 1), strict=True):
        predict(learner, number)
    page.get_by_text("3 of 3 have predicted").wait_for()
    assert page.locator("svg.plot").count() == 0
    page.get_by_role("button", name="Reveal the predictions").click()
    page.locator("svg.plot rect").first.wait_for()
    assert page.locator("svg.plot rect").count() == 2
    for learner in learners:
        learner.locator("svg.plot rect").first.wait_for()
    assert_readable(page)
    page.get_by_role("button", name="Start round 2").click()
    learners[0].get_by_text("Round 2 of 2").wait_for()
    predict(learners[0], 1)
    page.get_by_role("button", name="Reveal the predictions").click()
    page.get_by_role("button", name="Show what was measured").click()
    page.get_by_role("heading", name="It sent 1").wait_for()
    learners[0].get_by_text("You said 1 in round 2 ✓ right.").wait_for()
    assert LiveAnswer.objects.count() == 4
    for each in (page, *learners[:1]):
        assert_readable(each)


def test_a_lesson_without_scripts(browser, page, live_server, card):
    sign_in(page, live_server)
    code = make_group(page)
    page.get_by_label("Card and case").select_option(label="A new profile")
    page.get_by_role("button", name="Project").click()
    context = browser.new_context(java_script_enabled=False)
    learner = context.new_page()
    learner.goto(f"{live_server.url}/join/{code.replace(' ', '')}/")
    learner.get_by_label("Your name in this group").fill("Dee")
    learner.get_by_role("button", name="Join").click()
    predict(learner, 4)
    page.get_by_role("button", name="Reveal the predictions").click()
    learner.reload()
    learner.locator("svg.plot rect").wait_for()
    context.close()
