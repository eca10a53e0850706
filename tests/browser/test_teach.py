"""Pages for teaching in a real browser: readable at every width, and a lesson without scripts."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from tests.tutor import factories
from tutor import classroom, fixes, sitting
from tutor.models import Learner, LearnerGroup, Response

PASSWORD = "correct horse battery"


@pytest.fixture
def card():
    user = User.objects.create_user("teacher", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name="Instructors")[0])
    return factories.card()


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


def test_every_page_is_readable(page, live_server, card):
    """The pages that the whole walk does not pass, full of long and odd words."""
    sign_in(page, live_server)
    make_group(page)
    group = LearnerGroup.objects.get()
    learner = Learner.objects.create()
    member = group.memberships.create(learner=learner, name="Maximiliana-Philippa Ünwörterbuch")
    learner.problems.create(card=card, words="x" * 300 + " <b>")
    fixes.keep(learner, card.pk, card.data().digest, {"models.py": "# " + "y" * 300}, [
        fixes.cell(case, 2, "case:Too" + "LongError" * 20, ok=False) for case in factories.CASES
    ])  # fmt: skip
    sat = group.assignments.create(name="Week 2", kinds=["order"])
    sat.cards.add(card)
    sitting.start_set(learner, sat)
    response = Response.objects.get()
    Response.objects.update(
        answer=list(range(len(response.ask["lines"]))),
        correct=False,
        answered_at=timezone.now(),
        measured={"says": ["It does something else."]},
    )
    visible = {
        "assignment": [group.pk, sat.pk], "assignment_answers": [group.pk, sat.pk, member.pk],
        "groups": [], "problems": [], "group_figure": [group.pk], "group": [group.pk],
        "group_renew": [group.pk], "group_remove": [group.pk, member.pk],
        "group_archive": [group.pk], "group_delete": [group.pk], "card_figure": [card.slug],
        "assignment_change": [group.pk, group.assignments.create(name="Week 1").pk],
        "join": [], "join_group": [group.code], "problem": [card.slug],
    }  # fmt: skip
    for name, args in visible.items():
        page.goto(live_server.url + reverse(f"tutor:{name}", args=args))
        for more in page.locator("details:not(.scan) > summary").all():
            if more.is_visible():
                more.click()
        assert_readable(page)
    group.archive()
    page.goto(live_server.url + group.get_absolute_url())
    assert_readable(page)


def test_the_words_of_the_head_stand_in_one_line(page, live_server, card):
    sign_in(page, live_server)
    for width in (320, 360, 412):
        page.set_viewport_size({"width": width, "height": 800})
        links = page.get_by_label("Main").get_by_role("link").all()
        assert links[-1].inner_text() == "Teach"
        assert len({round(link.bounding_box()["y"]) for link in links}) == 1, width


def test_what_the_class_needs_is_on_the_projected_screen(page, live_server, card):
    """At 1280x900 nobody scrolls: the case before it is told, the axis with its tick after."""
    sign_in(page, live_server)
    group = LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")
    live = classroom.open_case(group, card.cases.get(name="create"))
    for number in range(6):
        for nth in (1, 2):
            who, emails = Learner.objects.create(), number % (4 - nth)
            live.answers.create(learner=who, round=nth, emails=emails, sure="sure")
    page.set_viewport_size({"width": 1280, "height": 900})
    last = page.locator(".code", has_text="what happens").locator(".ln").last
    for stage in (1, 2, 3, 4, 5):
        live.stage = stage
        live.save()
        page.goto(live_server.url + live.get_absolute_url())
        box = last.bounding_box()
        assert box["y"] + box["height"] <= 900, stage
        for each in page.locator(".hist text").all():
            box = each.bounding_box()
            assert box["y"] + box["height"] <= 900, (stage, each.text_content())
    assert page.locator(".hist text", has_text="✓").count() == 1


@pytest.mark.parametrize("lines", [18, 26, 60])
def test_a_long_case_leaves_the_rest_on_the_projected_screen(page, live_server, card, lines):
    """The page never scrolls; a case of 26 lines fits, a longer one moves inside its panel."""
    sign_in(page, live_server)
    group = LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")
    live = classroom.open_case(group, card.cases.get(name="create"))
    live.ask["action"] = "".join(f"line_{n} = {n}\n" for n in range(1, lines + 1))
    live.answers.create(learner=Learner.objects.create(), round=1, emails=1, sure="sure")
    page.set_viewport_size({"width": 1280, "height": 900})
    code = page.locator(".code", has_text="what happens")
    for stage in (1, 2, 5):
        live.stage = stage
        live.save()
        page.goto(live_server.url + live.get_absolute_url())
        assert page.evaluate("document.documentElement.scrollHeight") == 900, stage

        def inside(locator, of=None, stage=stage):
            box, whole = locator.bounding_box(), of and of.bounding_box()
            low = whole["y"] + whole["height"] if whole else 900
            assert box["y"] >= 0 and box["y"] + box["height"] <= low, (stage, str(locator))

        if lines < 60:
            inside(code.locator(".ln").last, of=code)
        code.locator(".ln").last.scroll_into_view_if_needed()
        for each in (code.locator(".ln").last, page.locator(".join"), page.locator(".qr")):
            inside(each)
        for each in page.locator(".hist text").all():
            inside(each)
        if lines == 60 and stage == 1:
            assert Axe().run(page).violations_count == 0


def test_a_lesson_without_scripts(browser, page, live_server, card):
    sign_in(page, live_server)
    code = make_group(page)
    page.get_by_label("Card", exact=True).select_option(label=str(card))
    page.get_by_label("A new profile").check()
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


def test_an_instructor_without_scripts(browser, page, live_server, card):
    sign_in(page, live_server)
    context = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state()
    )
    context.clear_cookies(name="zone")
    plain = context.new_page()
    plain.goto(f"{live_server.url}{reverse('tutor:groups')}")
    make_group(plain)
    plain.get_by_label("Card", exact=True).select_option(label=str(card))
    plain.get_by_role("button", name="Show its cases").click()
    plain.get_by_label("A new profile").check()
    plain.get_by_role("button", name="Project", exact=True).click()
    plain.get_by_role("heading", name="A new profile. How many emails leave?").wait_for()
    plain.goto(f"{live_server.url}{LearnerGroup.objects.get().get_absolute_url()}")
    plain.get_by_role("link", name="Set a quiz").click()
    plain.get_by_label("Name").fill("Week 1")
    plain.get_by_label(str(card)).check()
    plain.get_by_label("Due", exact=True).fill("2099-01-01T12:00")
    plain.get_by_label("Time zone of the due time").select_option("America/New_York")
    plain.get_by_role("button", name="Set it").click()
    plain.get_by_text("due 1 January 2099, 12:00. Times are in New York time.").wait_for()
    context.close()


def test_times_are_those_of_the_browser(browser, page, live_server, card):
    sign_in(page, live_server)
    make_group(page)
    group = LearnerGroup.objects.get()
    due = datetime(2099, 7, 1, 10, tzinfo=UTC)
    group.assignments.create(name="Week 1", due_at=due).cards.add(card)
    context = browser.new_context(
        timezone_id="Europe/Berlin", storage_state=page.context.storage_state()
    )
    there = context.new_page()
    there.goto(f"{live_server.url}{reverse('tutor:groups')}")
    there.get_by_role("link", name="Evening class").click()
    there.get_by_text("due 1 July 2099, 12:00 Berlin time").wait_for()
    context.close()


def at_stage(page, live_server, card, stage, text, action):
    """Open the page of a case with this code on the projector."""
    sign_in(page, live_server)
    group = LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")
    live = classroom.open_case(group, card.cases.get(name="create"))
    live.ask["files"] = [{**live.ask["files"][0], "text": text}]
    live.ask["action"] = action
    live.stage = stage
    live.save()
    page.goto(live_server.url + live.get_absolute_url())


NUMBERED = "".join(f"line_{n} = {n}\n" for n in range(1, 24))
# Where the lines of the text of each numbered line begin, the number itself left out.
STARTS = """lines => lines.map(line => {
  const range = document.createRange(), at = [];
  const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) for (let i = 0; i < walk.currentNode.length; i += 1) {
    if (!walk.currentNode.data[i].trim()) continue;
    range.setStart(walk.currentNode, i); range.setEnd(walk.currentNode, i + 1);
    const box = range.getBoundingClientRect();
    if (!at.length || box.top > at.at(-1)[1] + 4) at.push([box.left, box.top]);
  }
  return at.map(([left]) => left);
})"""


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
def test_the_rest_of_a_wrapped_line_hangs_right_of_its_beginning(page, live_server, card, size):
    """Further left it would read as the end of the block."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    long = "if True:\n    if True:\n        some_name = Model.objects.get(user_id=1, " + (
        "a_name=1, " * 8 + ")\n"
    )
    at_stage(page, live_server, card, 1, NUMBERED, long)
    first, *rest = page.locator(".sticky .ln").evaluate_all(STARTS)[2]
    assert rest
    assert min(rest) > first


@pytest.mark.parametrize("size", [(1280, 800), (1280, 720), (1920, 1080)])
def test_a_file_of_23_lines_is_seen_at_once_on_the_projected_screen(page, live_server, card, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    at_stage(page, live_server, card, 1, NUMBERED, "x = 1\n")
    code = page.locator(".split .code").first
    assert code.locator("pre").evaluate("pre => pre.scrollHeight - pre.clientHeight") <= 0
    last, box = code.locator(".ln").last.bounding_box(), code.bounding_box()
    assert last["y"] + last["height"] <= box["y"] + box["height"] <= size[1]


def test_code_is_as_large_as_a_large_screen_lets_it_be(page, live_server, card):
    at_stage(page, live_server, card, 1, NUMBERED, "x = 1\n")
    sizes = []
    for width, height in ((1280, 800), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        pre = page.locator(".split .code pre").first
        sizes.append(pre.evaluate("pre => parseFloat(getComputedStyle(pre).fontSize)"))
    assert sizes[1] >= 1.4 * sizes[0]


def test_a_file_that_goes_on_below_the_edge_shades_it(page, live_server, card):
    """The shade is seen until the end is reached."""
    page.set_viewport_size({"width": 1280, "height": 720})
    at_stage(page, live_server, card, 1, NUMBERED * 3, "x = 1\n")
    pre = page.locator(".split .code pre").first
    box = pre.bounding_box()
    clip = {"x": box["x"] + 400, "y": box["y"] + box["height"] - 4, "width": 100, "height": 3}
    more = page.screenshot(clip=clip)
    pre.evaluate("pre => pre.scrollTo(0, pre.scrollHeight)")
    assert page.screenshot(clip=clip) != more


def test_an_answer_to_a_problem_is_back_after_a_reload_until_it_is_sent(page, live_server, card):
    sign_in(page, live_server)
    learner = Learner.objects.create()
    group = LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")
    group.memberships.create(learner=learner, name="Ada")
    for words in ("One", "Two"):
        learner.problems.create(card=card, words=words)
    page.goto(live_server.url + reverse("tutor:problems"))
    page.get_by_label("Answer", exact=True).first.fill("It is **so**.")
    page.reload()
    assert page.get_by_label("Answer", exact=True).first.input_value() == "It is **so**."
    assert page.get_by_label("Answer", exact=True).nth(1).input_value() == ""
    page.get_by_text("What you typed on").wait_for()
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Answer").first.click()
    page.get_by_role("heading", name="Answered").wait_for()
    assert page.get_by_text("What you typed on").count() == 0
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('answer:'))") == []


def test_a_form_with_a_mistake_begins_at_the_field_that_has_it(page, live_server, card):
    page.goto(live_server.url + reverse("tutor:sign_up"))
    page.locator("#id_username").fill("newcomer")
    page.locator("#id_password1").fill("correct horse battery")
    page.locator("#id_password2").fill("another")
    page.locator("main").get_by_role("button", name="Sign up").click()
    page.locator("[aria-invalid=true]").first.wait_for()
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement.id").startswith("id_password")
