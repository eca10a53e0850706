"""The playground: a program of one's own runs for real and is shown as text."""

import re

import pytest

from questions.playground import ACTION
from tests.questions.bank import FIXED, a_card

pytestmark = pytest.mark.django_db
ADDRESS = "/playground/"
RUN = {"do": "run"}


def post(client, **fields):
    return client.post(ADDRESS, {**RUN, **fields}, follow=True).content.decode()


def test_it_works(client):
    found = post(client)
    assert "Two emails were sent, one was wanted" in found
    assert "Why email 2 was sent" in found


def test_it_begins_with_a_small_example(client):
    assert "class Order(models.Model)" in client.get(ADDRESS).content.decode()


def test_my_text_is_kept_and_shown_as_text(client):
    found = post(client, **{"file:models.py": "</textarea><script>alert(1)</script>"})
    assert "<script>alert(1)" not in found
    assert "It does not even start" in found
    assert "&lt;/textarea&gt;" in client.get(ADDRESS).content.decode()


def test_it_can_begin_with_a_cards_code(client):
    a_card()
    assert "class Order" in client.get(ADDRESS + "?card=note-1").text  # looking replaces nothing
    found = post(client, do="begin", card="note-1", version="buggy")
    assert "class Note(models.Model)" in found and "note.save()" in found
    found = post(client)
    assert "As wanted in 1 of 2" in found and "Two emails were sent" in found


def test_the_answer_is_no_way_in_before_it_was_shown(client):
    a_card()
    fixed = {"do": "begin", "card": "note-1", "version": "fixed"}
    assert "SECRET" not in client.get(ADDRESS + "?card=note-1").text
    assert "if created" not in post(client, **fixed)
    client.post("/cards/note-1/show/")
    assert "SECRET title" in client.get(ADDRESS + "?card=note-1").text
    assert "if created" in post(client, **fixed)


def test_it_can_begin_with_my_own_fix(client):
    a_card()
    client.post("/cards/note-1/predict/", {"n-create": "1", "n-again": "1"})
    client.post("/cards/note-1/fix/draft/", {"file:models.py": FIXED + "# all mine\n"})
    assert "your own code" in client.get(ADDRESS + "?card=note-1").text
    assert "# all mine" in post(client, do="begin", card="note-1", version="mine")
    assert "As wanted in 2 of 2" in post(client)


def test_what_was_there_comes_back(client):
    a_card()
    post(client, **{"file:models.py": "first_text = 1"})
    post(client, do="begin", card="note-1")
    assert "first_text" in post(client, do="back")


def test_a_card_of_nobody_is_not_there(client):
    a_card(status="draft")
    assert client.get(ADDRESS + "?card=note-1").status_code == 404
    assert client.post(ADDRESS, {"do": "begin", "card": "note-1"}).status_code == 404


def test_cases_are_added_named_and_deleted(client):
    found = post(client, do="case-add")
    assert 'name="action:1"' in found
    found = post(client, **{"title:0": "Once", "title:1": "Once", "wanted:1": "2"})
    assert "As wanted in 1 of 2" in found  # two cases of one name are two cases
    found = client.get(ADDRESS + "?case=once_2").text
    assert "Two emails were sent, as wanted" in found
    found = post(client, do="case-delete:0")
    assert 'name="action:1"' not in found and 'value="2"' in found
    assert "One case has to stay." in post(client, do="case-delete:0")


def test_two_cases_with_the_same_lines_name_each_its_own_file(client):
    client.get("/playground/")
    client.post("/playground/", {"do": "case-add"})
    page = client.post("/playground/", {"do": "run"}, follow=True).text
    first = re.findall(r"case_\w+\.py:", page)
    second = re.findall(r"case_\w+\.py:", client.get("/playground/?case=case_2").text)
    assert set(first) == {"case_paid_then_saved_again.py:"} and set(second) == {"case_case_2.py:"}


def test_a_hostile_name_of_a_case_is_text(client):
    found = post(client, **{"title:0": '"><script>alert(1)</script>'})
    assert "<script>alert(1)" not in found and "&lt;script&gt;alert" in found


def test_a_broken_program_says_so_once_for_all_cases(client):
    post(client, do="case-add")
    found = post(client, **{"file:models.py": "def (:"})
    assert "It does not even start" in found and "As wanted in" not in found


def test_a_result_longer_than_any_number_of_a_database_is_shown(client):
    assert "Two emails were sent" in post(client, **{"action:0": ACTION + "RESULT = 2**70\n"})


def test_what_is_typed_is_kept_without_running(client):
    typed = {"file:models.py": "typed = 1\r\n", "title:0": "Mine"}
    assert client.post(ADDRESS + "draft/", typed).status_code == 204
    found = client.get(ADDRESS).text
    assert "typed = 1\n" in found and 'value="Mine"' in found
    assert (
        "Not kept. setup.py is longer"
        in client.post(ADDRESS + "draft/", {"setup": "#" * 70_000}).text
    )


def seen(found):
    return re.search(r'name="seen" value="(\w+)"', found)[1]


def test_a_second_tab_changes_no_code_over_in_silence(client):
    first = seen(client.get(ADDRESS).text)
    kept = client.post(ADDRESS + "draft/", {"file:models.py": "a = 1\n", "seen": first})
    assert kept.status_code == 204
    late = {"file:models.py": "b = 2\n", "seen": first}
    assert "Not kept. Another tab changed" in client.post(ADDRESS + "draft/", late).text
    found = post(client, **late)
    assert "Another tab changed this code since" in found and "b = 2" in found
    assert "Your text is kept" not in found and "a = 1" in client.get(ADDRESS).text
    assert seen(found) == kept["X-Seen"] == seen(client.get(ADDRESS).text)
    post(client, **{**late, "seen": seen(found)})
    assert "b = 2" in client.get(ADDRESS).text


def test_a_second_tab_replaces_no_case_in_silence(client):
    first = seen(client.get(ADDRESS).text)
    post(client, do="case-add", seen=first)
    assert "Another tab changed" in post(client, **{"title:0": "Late", "seen": first})
    assert 'value="Late"' not in client.get(ADDRESS).text
    # What is the same on both sides is no overwriting.
    assert "Another tab" not in post(client, seen=first)


def test_files_are_added_renamed_and_deleted(client):
    assert 'name="file:signals.py"' in post(client, do="add", new="signals.py")
    found = post(client, do="rename:signals.py", **{"to:signals.py": "receivers.py"})
    assert 'name="file:receivers.py"' in found and 'name="file:signals.py"' not in found
    assert 'name="file:receivers.py"' not in post(client, do="delete:receivers.py")


def test_starting_again_throws_the_text_away(client):
    post(client, **{"file:models.py": FIXED})
    assert "class Order" in post(client, do="example")
    found = post(client, do="empty")
    assert "class Order" not in found and 'name="file:models.py"' in found


def test_it_is_nobody_elses(client):
    from django.test import Client

    post(client, **{"file:models.py": "mine_alone = 1"})
    response = Client().get(ADDRESS)
    assert "mine_alone" not in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"


def test_a_text_that_is_too_long_is_refused_in_words(client):
    assert "longer than 64 KiB" in post(client, **{"action:0": "#" * 70_000})


def test_a_text_that_is_too_long_stays_in_the_page_and_is_said_not_to_be_saved(client):
    found = client.post(ADDRESS, {"file:models.py": "# mine\n" + "#" * 70_000, "do": "run"}).text
    assert "# mine\n####" in found and "Your text is not saved." in found
