"""A card from paste to class, as an instructor and three learners do it: no row is made here."""

import io
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from questions.groups import make_groups

SEED = (Path(__file__).parents[1] / "questions/data/question-4.txt").read_text()
SETUP = """from django.contrib.auth.models import User
from cardapp.models import UserProfile
for id, name in ((1, "ann"), (2, "ben")):
    User.objects.create(id=id, username=name, email=f"{name}@example.com")
UserProfile.objects.bulk_create([UserProfile(user_id=1, bio="Old bio")])"""
CASES = (
    ("create", "A new profile", "0", 'UserProfile.objects.create(user_id=2, bio="Hello")'),
    ("one_update", "One update", "1",
     'profile = UserProfile.objects.get(user_id=1)\nprofile.bio = "New"\nprofile.save()'),
)  # fmt: skip
NAMES = ("Ada", "Ben", "Cy")
SAID = {"Ada": (0, 1), "Ben": (1, 1), "Cy": (1, 1)}  # how many emails, in both rounds
PASSWORD = "correct horse battery"


@pytest.fixture
def teacher(page, live_server, settings):
    """Return a page of an instructor who has just signed in; the site has a card and its topics."""
    call_command("load_cards", settings.CARDS_DIR / "profile-update", stdout=io.StringIO())
    user = User.objects.create_user("ina", password=PASSWORD, is_staff=True)
    make_groups(apps)  # a browser test before this one emptied all tables
    user.groups.add(Group.objects.get(name="Instructors"))
    page.goto(f"{live_server.url}/account/sign-in/?next=/teach/")
    page.get_by_label("Name").or_(page.get_by_label("Username")).first.fill("ina")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Teach", exact=True).wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    return page


@pytest.fixture
def learners(browser):
    """Return pages of three browsers that know nothing of each other, by name."""
    contexts = [browser.new_context() for _ in NAMES]
    yield dict(zip(NAMES, (context.new_page() for context in contexts), strict=True))
    for context in contexts:
        context.close()


def assert_readable(page):
    """Assert that axe finds nothing, and that nothing is wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, page.url + found.generate_report()
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, (page.url, width)


def code(page, area, text):
    page.locator(f"{area} + .editor-host .cm-content").fill(text)


def save(page):
    page.click("input[name=_continue] >> nth=-1")
    page.locator(".messagelist .success").wait_for()


def publish(page):
    page.click(".state-forms >> text=Publish")
    page.locator("[data-verify-result] h2").wait_for(timeout=60_000)
    return page.inner_text("[data-verify-result]")


def draft(page):
    """Paste the seed's text, and give the draft two cases and a false claim."""
    page.get_by_role("link", name="Write and edit cards").click()
    page.get_by_role("link", name="Import or paste").click()
    code(page, "#id_text", SEED.rstrip())
    page.click("text=Look at it")
    page.fill("[name=slug-0]", "updates")
    page.fill("[name=title-0]", "Updates")
    page.click("text=Save 1 draft")
    page.wait_for_url("**/change/")
    code(page, "#id_setup", SETUP)
    page.fill("#id_ideas", "post_save is sent after every save\nA new profile is a save, too")
    for number, (name, title, wanted, action) in enumerate(CASES, 1):
        page.click("#cases-group .add-row a")
        page.fill(f"#id_cases-{number}-name", name)
        page.fill(f"#id_cases-{number}-title", title)
        code(page, f"#id_cases-{number}-action",
             f"from cardapp.models import UserProfile\n{action}")  # fmt: skip
        page.fill(f"#id_cases-{number}-want", wanted)
    page.click("[data-run]")
    page.locator("table.claims").wait_for(timeout=60_000)
    page.click("[data-take-all]")
    page.fill("#id_cases-1-said", "buggy: 1\nfixed: 3")
    save(page)


def make_group(page, live_server):
    page.goto(f"{live_server.url}/teach/")
    page.get_by_label("Name of the group").fill("Evening class")
    page.get_by_role("button", name="Make the group").click()
    page.get_by_text("Only this machine").wait_for()
    return page.locator(".join").inner_text()


def set_quiz(page):
    page.get_by_role("link", name="Set a quiz").click()
    page.get_by_label("Name").fill("Week 1")
    page.get_by_label("Updates").check()
    page.get_by_label("predict the number").check()
    assert_readable(page)
    page.get_by_role("button", name="Set it").click()
    page.get_by_text("Nobody has joined the group.").wait_for()


def join(page, live_server, typed, name):
    page.goto(f"{live_server.url}/join/")
    page.get_by_label("Join code").fill(typed.lower())
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Your name in this group").fill(name)
    page.get_by_role("button", name="Join").click()
    page.get_by_text("Nothing is asked at the moment").wait_for()


def predict(page, emails):
    # The question appears by itself: nobody touches this page before.
    page.get_by_label("Emails").fill(str(emails))
    page.get_by_label("sure", exact=True).check()
    page.get_by_role("button", name=re.compile("Predict")).click()
    page.get_by_text(f"You said {emails}, sure.").wait_for()


def lesson(page, learners):
    """Project a case: predict, reveal, talk, predict again, reveal, tell."""
    page.get_by_role("link", name="Evening class").first.click()
    assert page.get_by_role("row").count() == 1 + len(NAMES)
    assert_readable(page)
    menu = page.get_by_label("Card", exact=True)
    menu.select_option(label=next(text for text in menu.locator("option").all_inner_texts()
                                  if text.endswith(" Updates")))  # fmt: skip
    page.get_by_label("A new profile").check()
    page.get_by_role("button", name="Project").click()
    for nth in (0, 1):
        for name, learner in learners.items():
            if nth:
                learner.get_by_text("Round 2 of 2").wait_for()
            predict(learner, SAID[name][nth])
        page.get_by_text("3 of 3 have predicted").wait_for()
        assert page.locator(".hist .bar").count() == 2 * nth
        page.get_by_role("button", name="Reveal the predictions").click()
        page.locator(".hist .bar").first.wait_for()
        assert page.locator(".hist .bar").count() == 2 + nth
        for learner in learners.values():
            learner.locator(".hist .bar").nth(1 + nth).wait_for()
        if not nth:
            assert_readable(page)
            page.get_by_role("button", name="Start round 2").click()
    page.get_by_role("button", name="Show what was measured").click()
    page.get_by_role("heading", name="It sent 1").wait_for()
    page.get_by_text("3 of 3 said 1.").wait_for()
    learners["Ada"].get_by_text("You said 1 in round 2 ✓ right.").wait_for()
    for each in (page, learners["Ada"]):
        assert_readable(each)
    page.get_by_role("button", name="Close").click()
    for learner in learners.values():  # their pages follow by themselves
        learner.get_by_text("Nothing is asked at the moment").wait_for()


def answer(page, live_server, emails):
    """Sit the quiz that was set: one question, answered and graded."""
    page.goto(f"{live_server.url}/quiz/")
    page.get_by_role("button", name="Start Week 1").click()
    page.get_by_label("Emails").or_(page.locator("input[name=emails]")).first.fill(str(emails))
    page.get_by_label("sure", exact=True).check()
    page.locator("#question form button.main").first.click()
    page.locator("button[name=grade]").nth(2).click()
    page.get_by_role("heading", name=re.compile("of 1")).wait_for()


def table(page, name):
    """Return the rows of a table, by their first cell."""
    rows = page.get_by_role("table", name=name).locator("tbody tr").all()
    cells = [[cell.inner_text() for cell in row.locator("th,td").all()] for row in rows]
    return {row[0]: row[1:] for row in cells}


def test_from_paste_to_class(teacher, live_server, learners):
    page = teacher
    draft(page)
    said = publish(page)
    assert "Not published" in said and "claims 3 emails, measured 0" in said
    page.fill("#id_cases-1-said", "buggy: 1\nfixed: 0")
    page.click(".run-row >> text=Save and publish")
    page.locator("[data-verify-result] h2").wait_for(timeout=60_000)
    assert "Published: every claim holds" in page.inner_text("[data-verify-result]")
    assert page.text_content("#states-head") == "State: published"

    typed = make_group(page, live_server)
    set_quiz(page)
    for name, learner in learners.items():
        join(learner, live_server, typed, name)
    assert_readable(learners["Cy"])
    lesson(page, learners)

    for name, learner in learners.items():
        answer(learner, live_server, 99 if name == "Cy" else 1)
    page.get_by_role("link", name="Week 1").click()
    results = table(page, "Results of Week 1")
    assert {name: row[-1] for name, row in results.items()} == {
        "Ada": "1 of 1", "Ben": "1 of 1", "Cy": "0 of 1",
    }  # fmt: skip
    assert_readable(page)
    page.get_by_role("link", name="Cy", exact=True).click()
    (answered,) = table(page, "What Cy answered").values()
    assert "99 emails" in answered[0] and answered[1:] == ["sure", "✗ missed", "Good"]
    assert_readable(page)
    page.get_by_role("link", name="Week 1").click()

    page.get_by_role("link", name="what the group said").click()
    figures = table(page, "Figures and what they are")
    assert (figures["Attempts"][0], figures["Facility"][0]) == ("3", "67%")
    assert figures["Sure, and wrong"][0] == "1" and "Fewer than 30" in figures["Discrimination"][1]
    in_class = page.locator("section", has=page.get_by_role("heading", name="Predicted in class"))
    assert in_class.locator(".hist .bar").count() == 3
    in_class.get_by_text("As a table").click()
    assert table(in_class, "How many said each number of emails")["1 ✓ measured"] == ["2", "3"]
    assert_readable(page)
    page.goto(f"{live_server.url}/teach/cards/")
    assert_readable(page)
