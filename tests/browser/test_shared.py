"""A shared run in a real browser: readable by all, forked without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.tutor import factories
from tutor.models import Learner
from tutor.shares import share_fix

WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def run():
    text = factories.FIXED + "# shared </textarea><script>document.title = 'owned'</script>\n"
    return share_fix(Learner.objects.create(), factories.card(), {"models.py": text})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_readable_by_all(page, live_server, run, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(live_server.url + run.get_absolute_url())
    page.locator(".way summary").last.press("Enter")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.title().startswith("2 of 3 cases")
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(WIDE) <= 0, width


def test_it_is_forked_without_javascript(browser, live_server, run):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + run.get_absolute_url())
    page.get_by_role("button", name="Edit this").click()
    assert page.locator("textarea.source").input_value() == run.files["models.py"]
    context.close()
