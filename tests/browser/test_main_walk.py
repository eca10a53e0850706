"""The main walk: from the home page to the ledger, the trace and the answer."""

import pytest
from django.core.management import call_command

CARDS = ("profile-update", "queryset-update")


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def scripted(request):
    return request.param


@pytest.fixture
def browser_context_args(browser_context_args, scripted):
    return {**browser_context_args, "java_script_enabled": scripted}


@pytest.fixture
def cards(settings, transactional_db):
    call_command("load_cards", *(str(settings.CARDS_DIR / slug) for slug in CARDS), verbosity=0)


@pytest.mark.usefixtures("cards")
def test_from_home_to_the_ledger_and_the_answer(page, live_server, scripted):
    page.goto(live_server.url)
    page.get_by_role("link", name="One update, several emails").click()
    predict(page, "1", scripted=scripted)
    assert "It sent 2" in page.locator("h1").first.inner_text()
    assert row(page, "A save inside a receiver") == ["2", "2", "1", "1"]
    assert row(page, "One update") == ["1", "1", "1", "1"]
    assert row(page, "A new profile") == ["1", "0", "0", "0"]
    trace_of_the_second_email(page)
    the_answer_only_when_asked_for(page)


def predict(page, number, *, scripted):
    for field in page.locator("form#predict input[type=number]").all():
        field.fill(number)
    for sure in page.locator("form#predict input[value=sure]").all():
        sure.check()
    page.locator("form#predict").get_by_role("button", name="Run", exact=True).click()
    page.wait_for_selector("#emails")
    every = page.get_by_role("link", name="Run every version")
    if not scripted and every.count():  # with scripts the ledger comes by itself
        every.click()
    page.wait_for_selector("#ledger td a.sent")


def row(page, title):
    """Return what the ledger shows as sent, version by version."""
    line = page.locator("#ledger tbody tr").filter(has=page.locator(f"th b:text-is('{title}')"))
    return line.locator("a.sent > b").all_inner_texts()


def trace_of_the_second_email(page):
    page.locator("#ledger a.sent[href*='version=buggy&case=nested_save']").click()
    page.wait_for_selector("text=Two emails were sent, one was wanted")
    letters = page.locator("#emails .letter").all_inner_texts()
    assert len(letters) == 2
    assert "normalise_bio (case_nested_save.py:9) saved the profile again" in " ".join(
        letters[1].split()
    )


def the_answer_only_when_asked_for(page):
    assert "if not created" not in page.content()
    page.get_by_role("textbox", name="In your own words").fill("A nested save sends it again.")
    page.get_by_role("button", name="Show the explanation").click()
    page.wait_for_selector("#versions")
    assert page.locator("#versions").get_by_text("if not created").count()
    assert "A nested save sends it again." in page.locator("blockquote.own").inner_text()
