"""A learner's days in a real browser: a guest signs up, reviews with two keys, takes data away."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from tests.tutor import factories
from tutor import schedule
from tutor.models import Learner, Review, ReviewLog

PASSWORD = "correct horse battery"


@pytest.fixture
def cards():
    return [factories.card(number) for number in (1, 2)]


def answer_one(page, live_server):
    page.goto(f"{live_server.url}{reverse('tutor:quizzes')}")
    page.locator("summary").click()
    page.get_by_label("predict the number").check()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Emails").fill("7")
    page.get_by_label("sure", exact=True).check()
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("button", name="Again").click()
    page.wait_for_url("**/2/")


def make_due(days=3):
    for log in ReviewLog.objects.all():
        log.rated_at = timezone.now() - timedelta(days=days)
        log.save()
        schedule.rebuild(log.learner, log.card)


def test_a_guest_signs_up_and_keeps_everything(page, live_server, cards):
    answer_one(page, live_server)
    page.goto(f"{live_server.url}{reverse('tutor:progress')}")
    page.get_by_role("link", name="Sign up").first.click()
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    page.get_by_label("Password confirmation").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    page.get_by_text("What you did before is in your account now.").wait_for()
    page.goto(f"{live_server.url}{reverse('tutor:progress')}")
    assert page.get_by_text("rated again, quiz").is_visible()
    assert Learner.objects.get().user == User.objects.get()


def test_a_review_takes_one_key_to_start_and_two_a_card(page, live_server, cards):
    answer_one(page, live_server)
    make_due()
    page.goto(f"{live_server.url}{reverse('tutor:review')}")
    assert page.get_by_text("sure, and missed").is_visible()
    page.keyboard.press("Space")
    page.wait_for_url("**/review/card/**")
    assert "EXPLANATION-CANARY" not in page.content()
    page.keyboard.press("Space")
    page.locator(".rating").wait_for()
    page.keyboard.press("3")
    page.get_by_role("heading", name="Nothing is due").wait_for()
    assert ReviewLog.objects.get(nth=2).rating == 3
    page.keyboard.press("z")
    page.locator(".rating").wait_for()
    assert ReviewLog.objects.get(nth=2).rating is None


def test_a_review_day_by_the_clock(page, live_server, cards):
    morning = datetime(2027, 3, 2, 8, tzinfo=UTC)
    with time_machine.travel(morning) as clock:
        answer_one(page, live_server)
        page.goto(f"{live_server.url}{reverse('tutor:review')}")
        page.get_by_text("The next card comes back in 10 minutes").wait_for()
        clock.shift(timedelta(minutes=11))
        page.reload()
        page.keyboard.press("Space")
        page.wait_for_url("**/review/card/**")
        page.keyboard.press("Space")
        page.locator(".rating").wait_for()
        page.keyboard.press("3")
        page.get_by_text("The next card comes back").wait_for()
        due = Review.objects.get().due
        assert due > morning + timedelta(hours=12)
        clock.move_to(due + timedelta(seconds=1))
        page.reload()
        page.get_by_role("heading", name="1 card is due").wait_for()
        page.goto(f"{live_server.url}{reverse('tutor:progress')}")
        assert page.get_by_text("1 due").first.is_visible()


def test_going_back_after_rating_rates_nothing_twice(page, live_server, cards):
    answer_one(page, live_server)
    make_due()
    page.goto(f"{live_server.url}{reverse('tutor:review')}")
    page.keyboard.press("Space")
    page.wait_for_url("**/review/card/**")
    page.keyboard.press("Space")
    page.locator(".rating").wait_for()
    page.keyboard.press("2")
    page.get_by_role("heading", name="Nothing is due").wait_for()
    page.go_back()
    assert ReviewLog.objects.filter(nth=2, rating=2).count() == 1
    assert ReviewLog.objects.exclude(rated_at=None).count() == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_readable_by_all(page, live_server, cards, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    answer_one(page, live_server)
    make_due()
    page.goto(page.url.replace("/2/", "/result/"))
    assert_readable(page)
    for name in ("quizzes", "review", "progress", "data_delete", "sign_up", "sign_in"):
        page.goto(f"{live_server.url}{reverse(f'tutor:{name}')}")
        assert_readable(page)


def assert_readable(page):
    found = Axe().run(page)
    assert found.violations_count == 0, page.url + found.generate_report()
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, (page.url, width)
