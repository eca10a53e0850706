"""Home, the list of cards, topics: found by what is public, quiet about the rest."""

import pytest

from questions import bank, search
from questions.models import Card
from questions.templatetags.cards import excerpt
from tests.questions.bank import a_card, a_topic

pytestmark = pytest.mark.django_db


def test_home_shows_a_real_bug_and_one_next_step(client):
    a_card()
    page = client.get("/").content.decode()
    assert "send_mail" in page
    assert 'action="/cards/note-1/predict/"' in page
    assert page.count("button main") == 1
    assert "SECRET" not in page


@pytest.mark.parametrize("address", ["/cards/", "/topics/signal-handling/", "/cards/note-1/"])
def test_the_menu_says_where_one_is(client, address):
    a_card()
    found = client.get(address).content.decode()
    assert '<a href="/cards/" aria-current="page">Cards</a>' in found
    assert found.count('aria-current="page"') == 1


def test_home_prefers_the_card_that_the_settings_name(client, settings):
    a_card(1)
    a_card(2)
    settings.HOME_CARD = "note-2"
    assert "/cards/note-2/predict/" in client.get("/").content.decode()


@pytest.mark.parametrize("address", ["/", "/cards/"])
def test_an_empty_site_says_so(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert "No cards yet" in response.content.decode()


def test_the_list_has_each_published_card_once(client):
    card = a_card(1)
    card.topics.add(a_topic("Data Integrity"))
    a_card(2, status="draft")
    page = client.get("/cards/").content.decode()
    assert page.count('href="/cards/note-1/"') == 1
    assert "also Data Integrity" in page
    assert "note-2" not in page


def test_difficulty_filters(client):
    a_card(1)
    a_card(2, difficulty=3)
    page = client.get("/cards/?difficulty=3").content.decode()
    assert "note-2" in page and "note-1" not in page


@pytest.mark.parametrize(
    ("show", "words"), [("due", "No card is due now."), ("done", "No card is “done” here yet.")]
)
def test_a_filter_that_leaves_nothing_says_so_in_its_own_words(client, show, words):
    a_card()
    page = client.get(f"/cards/?show={show}").content.decode()
    assert words in page
    assert "Every word has to be in one card" not in page
    assert "Every word has to be in one card" in client.get("/cards/?q=zebra").content.decode()


@pytest.mark.parametrize("query", ["difficulty=9", "difficulty=x", "show=nonsense", "q=%00"])
def test_a_filter_that_makes_no_sense_is_no_error(client, query):
    a_card()
    assert client.get(f"/cards/?{query}").status_code == 200


def test_search_finds_and_marks_what_is_public(client):
    a_card()
    page = client.get("/cards/?q=SEND_mail+note").content.decode()
    assert "<mark>send_mail</mark>" in page
    assert "<mark>Note</mark>" in page


def test_search_needs_every_word(client):
    a_card()
    assert "No card matches" in client.get("/cards/?q=note+absent").content.decode()


def test_a_hit_in_the_explanation_quotes_nothing(client):
    a_card()
    page = client.get("/cards/?q=answers+every").content.decode()
    assert "/cards/note-1/" in page
    assert "in its explanation" in page
    assert "signal answers every" not in page and "SECRET" not in page


def test_search_escapes_what_it_marks():
    assert search.marked("<b>&amp;", ["b"]) == "&lt;<mark>b</mark>&gt;&amp;amp;"


def test_search_quotes_a_story_without_its_marks(client):
    a_card(scenario="The `hits` go up with `F()`, and `save()` is called.")
    assert "hits go up with <mark>F(</mark>)" in client.get("/cards/?q=F(").content.decode()


def test_a_search_by_htmx_is_the_part_that_changes(client):
    a_card()
    page = client.get("/cards/?q=note", headers={"HX-Request": "true"}).content.decode()
    assert page.startswith('<div id="found">')


def test_a_topic_leads_from_easy_to_hard(client):
    a_card(1, difficulty=3)
    a_card(2, difficulty=1)
    page = client.get("/topics/signal-handling/").content.decode()
    assert page.index("Note 2") < page.index("Hard") < page.rindex("Note 1")
    assert "Next on the path: <b>Note 2</b>" in page


def test_a_topic_without_cards_says_so(client):
    a_topic("Data Integrity")
    assert "No card on this topic" in client.get("/topics/data-integrity/").content.decode()


def test_no_such_topic(client):
    assert client.get("/topics/absent/").status_code == 404


def test_neighbours_skip_what_is_not_published():
    first, third = a_card(1), a_card(3)
    a_card(2, status="draft")
    assert bank.neighbours(first) == (None, third)
    assert bank.neighbours(third) == (first, None)


def test_related_cards_share_a_mechanism():
    one, other = a_card(1), a_card(2)
    a_card(3).versions.filter(name="buggy").update(files={"models.py": "x = 1"})
    assert bank.related(one)[0] == other
    assert bank.mechanisms(one) == {"post_save"}


def test_related_cards_share_what_is_rare():
    one = a_card(1, explanation="`Collector.delete()` sends it.")
    common, rare = a_card(2), a_card(3, explanation="Django's `Collector` never asks.")
    assert bank.related(one) == [rare, common]
    common.explanation, rare.explanation = "`Collector.delete()`", "Nothing."
    common.save(), rare.save()
    assert bank.related(one)[0] == common, "what was read of a card is read again when it changes"


def test_the_list_needs_few_queries(client, django_assert_max_num_queries):
    for number in range(1, 13):
        a_card(number)
    with django_assert_max_num_queries(8):
        client.get("/cards/")
    assert Card.objects.count() == 12


def test_an_excerpt_is_words_without_marks():
    listed = (
        "*Timeline:*\n\n- 14:02 It stops.\n- 14:03 Buyers wait\n- 14:20 Back - and well\n\nWhy?"
    )
    assert excerpt(listed) == (
        "Timeline: 14:02 It stops. 14:03 Buyers wait; 14:20 Back - and well Why?"
    )
    assert excerpt("Since:\n1. one\n2) two") == "Since: one; two"
    assert excerpt("*Not* an entry, 3 of 4") == "Not an entry, 3 of 4"
    assert excerpt("> **Split** it.\n> Tests: `green`.\n\nThen.") == "Split it. Tests: green. Then."


def test_a_filtered_list_counts_what_it_shows(client):
    second = a_topic("Data Integrity")
    for number in (1, 2):
        a_card(number).topics.add(second)
    topics = a_card(3).topic_links.get().topic
    client.post("/cards/note-1/show/")
    client.post("/cards/note-1/rate/", {"rating": "3"})
    page = client.get("/cards/").text
    assert f"{topics.name}</a>" in page and "1 of 3 rated" in page
    assert "Each card is listed once and counts in each of its topics." in page
    found = client.get("/cards/?show=done").text
    assert "1 card here" in found and "of 3" not in found


def test_home_says_that_topics_overlap(client):
    a_card(1).topics.add(a_topic("Data Integrity"))
    a_card(2)
    assert "A card counts in each of its topics." in client.get("/").text


def test_each_topic_begins_with_its_easy_cards(client):
    for number, difficulty in ((1, 3), (2, 1), (3, 2), (4, 1)):
        a_card(number, difficulty=difficulty)
    page = client.get("/cards/").text
    listed = [page.index(f'href="/cards/note-{number}/"') for number in (2, 4, 3, 1)]
    assert listed == sorted(listed)
