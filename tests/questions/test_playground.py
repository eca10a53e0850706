"""The playground: a program of one's own runs for real and is shown as text."""

import pytest

from tests.questions.bank import FIXED, a_card

pytestmark = pytest.mark.django_db
ADDRESS = "/playground/"
RUN = {"do": "run", "wanted": "1"}


def post(client, **fields):
    return client.post(ADDRESS, {**RUN, **fields}, follow=True).content.decode()


def test_it_works(client):
    found = post(client)
    assert "Two emails left, one was wanted" in found
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
    found = client.get(ADDRESS + "?card=note-1&case=again", follow=True).content.decode()
    assert "class Note(models.Model)" in found and "note.save()" in found
    assert "Two emails left" in post(client)


def test_the_answer_is_no_way_in_before_it_was_shown(client):
    a_card()
    address = ADDRESS + "?card=note-1&version=fixed"
    assert "if created" not in client.get(address, follow=True).content.decode()
    client.post("/cards/note-1/show/")
    assert "if created" in client.get(address, follow=True).content.decode()


def test_files_are_added_and_removed(client):
    found = post(client, do="keep", new="signals.py")
    assert 'name="file:signals.py"' in found
    assert 'name="file:signals.py"' not in post(client, do="keep", remove="signals.py")


@pytest.mark.parametrize("name", ["../evil.py", "/etc/passwd", "a.sh", "A B.py", "__init__"])
def test_a_file_has_a_plain_name(client, name):
    assert f'name="file:{name}"' not in post(client, do="keep", new=name)


def test_starting_again_throws_the_text_away(client):
    post(client, **{"file:models.py": FIXED})
    assert "class Order" in post(client, do="empty")


def test_it_is_nobody_elses(client):
    from django.test import Client

    post(client, **{"file:models.py": "mine_alone = 1"})
    response = Client().get(ADDRESS)
    assert "mine_alone" not in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"


def test_a_text_that_is_too_long_is_refused_in_words(client):
    assert "longer than 64 KiB" in post(client, action="#" * 70_000)
