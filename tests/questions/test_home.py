"""The home page asks about one case; what it tells, what is asked after that, and the way on."""

import re

import pytest

from questions.models import Card
from tests.questions.bank import AGAIN, a_card
from tests.questions.test_card import HTMX, SAID, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def card() -> Card:
    return a_card()


def claim(card: Card, **emails: int) -> None:
    """Claim what the card's code sends, by case."""
    buggy = card.versions.get(name="buggy")
    for case in card.cases.filter(name__in=emails):
        case.claims.create(version=buggy, emails=emails[case.name])


def asked_at_home(client) -> str:
    return "".join(re.findall(r'type="radio" name="n-(\w+)" value="0"', page(client, "/")))


def test_home_asks_about_the_case_in_which_most_are_wrong(client, card):
    assert asked_at_home(client) == "create"
    claim(card, create=1, again=2)
    assert asked_at_home(client) == "again"
    found = client.post("/cards/note-1/predict/", {"n-again": "1"}, follow=True).text
    assert headline(found) == "You said 1. It sent 2."


def test_home_of_two_surprises_asks_about_the_one_that_wants_emails(client, card):
    card.cases.filter(name="create").update(wanted=0)
    claim(card, create=1, again=2)
    assert asked_at_home(client) == "again"
    card.cases.filter(name="again").update(wanted=2)
    assert asked_at_home(client) == "create"


def test_home_tells_only_what_was_said_and_asks_for_the_rest(client, card):
    card.cases.create(name="third", title="A third time", action=AGAIN, wanted=2, predict=True)
    found = client.post("/cards/note-1/predict/", {"n-create": "1"}, follow=True).text
    assert 'name="n-third"' in found and 'name="n-again"' in found
    assert "it sent" not in found and "the same code sends" not in found
    assert "What every version really sent" not in found
    assert "What every version really sent" in page(client, "/cards/note-1/?at=why&all=1")
    said = {"n-third": "3", "n-again": "2"}
    found = client.post("/cards/note-1/predict/", said, follow=True).text
    assert "You said 3." in found and "What every version really sent" in found


@pytest.mark.parametrize("left", ["create", "again", "third"])
def test_whichever_case_is_left_empty_is_asked_and_never_told(client, card, left):
    card.cases.create(name="third", title="A third time", action=AGAIN, wanted=1, predict=True)
    numbers = {"n-create": "1", "n-again": "2", "n-third": "2"}
    said = {name: number for name, number in numbers.items() if name != f"n-{left}"}
    found = client.post("/cards/note-1/predict/", said, follow=True).text
    assert re.findall(r'name="n-(\w+)"', found) == [left]
    assert found.count("✓ right") == 2 and found.count("your number?") == 1
    assert "it sent" not in found and "no number" not in found and "not asked" not in found
    found = client.post("/cards/note-1/predict/", {f"n-{left}": "9"}, follow=True).text
    assert "you said 9" in found and 'name="n-' not in found


def test_home_answers_in_words_once_it_was_asked(client, card):
    card.cases.create(name="third", title="A third time", action=AGAIN, wanted=2, predict=True)
    assert "I think it sends" in page(client, "/")
    client.post("/cards/note-1/predict/", {"n-create": "1"})
    found = page(client, "/")
    assert "You said 1." in found and "I think it sends" not in found
    assert "It sent 1." in found and "In “A new note”" in found and "Saved twice" not in found
    assert "Go on: two more cases" in found


def test_home_offers_to_go_on_with_what_was_begun(client, card):
    a_card(2, title="Another note")
    assert "You began" not in page(client, "/")
    client.post("/cards/note-2/predict/", SAID)
    assert "You began “<a" in page(client, "/")


def test_a_mistake_in_more_cases_changes_nothing_but_its_form(client, card):
    card.cases.create(name="third", title="A third time", action=AGAIN, wanted=2, predict=True)
    client.post("/cards/note-1/predict/", {"n-create": "1"})
    found = client.post("/cards/note-1/predict/", {"n-third": "500"}, headers=HTMX)
    assert found["HX-Retarget"] == "#waiting" and 'id="trace"' not in found.text
    assert "takes a whole number" in found.text and "data-focus" in found.text


def test_of_two_cases_the_empty_one_stays_open(client, card):
    found = client.post("/cards/note-1/predict/", {"n-create": "1"}, follow=True).text
    assert "your number?" in found and 'name="n-again"' in found
    found = client.post("/cards/note-1/predict/", {"n-again": "2"}, follow=True).text
    assert "you said 2" in found and 'name="n-' not in found


def test_three_or_more_is_met_by_more(client, card):
    client.post("/cards/note-1/predict/", {"n-again": "2+"})
    assert "✓ right" in page(client)


def headline(text: str) -> str:
    found = re.search(r'<h1 id="gap".*?</h1>', text, re.DOTALL)
    return re.sub(r"<[^>]*>", "", found[0]) if found else ""


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_headline_is_of_what_was_said_last(client, card, headers):
    card.cases.create(name="third", title="A third time", action=AGAIN, wanted=2, predict=True)
    address = "/cards/note-1/predict/"
    client.post(address, {"first": "create", "n-create": "9", "sure-create": "sure"})
    earlier = "You said 9, sure. It sent 1."
    # An address that names a case not yet said tells nothing of it.
    kept_back = page(client, "/cards/note-1/?at=why&said=third")
    assert headline(kept_back) == earlier and 'name="n-third"' in kept_back
    said = {"n-third": "3", "n-again": "2"}
    response = client.post(address, said, headers=headers, follow=True)
    assert headline(response.text) == "You said 3. It sent 2."
    assert "In “A third time”" in response.text
    assert headline(page(client, "/cards/note-1/?at=why")) == earlier
