"""What a card page says of other Djangos, and the matrix it is read from."""

import django
import msgspec
import pytest

from questions import matrix, versions
from questions.card_folder import read_folder
from questions.card_load import load
from questions.models import Card
from questions.verify import Verdict
from tests.questions.conftest import DATA

CARDS = DATA.parents[2] / "fixtures" / "cards"
DECIDED = ("5.2.19", "6.0.10", "6.1.3")


@pytest.fixture
def small():
    return read_folder(DATA / "late-email")


def measured(django, emails=1):
    found = versions.Measured(emails, emails, [], [], "", None)
    return [Verdict("late-email", "", measured={"buggy": {"paid": found}}, django=django)]


def test_matrix_keeps_only_what_differs_from_the_oldest(small):
    made = matrix.make([small], [measured("6.1.3", 2), measured("5.2.19"), measured("6.0.10")])
    assert list(made.platforms) == ["5.2", "6.0", "6.1"]
    entry = made.cards["late-email"]
    assert list(entry.otherwise) == ["6.1"]
    assert [entry.on(django)["buggy/paid"].emails for django in made.platforms] == [1, 1, 2]
    assert msgspec.json.decode(matrix.text(made), type=versions.Matrix) == made
    said = matrix.table([small], made)
    assert "| 901 The email before the order | 1 | 1 | 1, **1 differ** |" in said
    assert "buggy/paid on 6.1: 2 emails; before: 1 email." in said
    assert "1 cards, 1 claims on each; 0 cards are the same on all." in said


def test_only_what_changed_is_measured_again(small):
    kept = matrix.make([small], [measured("5.2.19")])
    other = msgspec.structs.replace(small, slug="other")
    assert kept.is_of(small) and not kept.is_of(other)
    assert not kept.is_of(msgspec.structs.replace(small, setup="x = 1\n"))
    both = matrix.make([other], [measured("5.2.19", 3)]).with_kept(kept.cards)
    assert {slug: c.first["buggy/paid"].emails for slug, c in both.cards.items()} == {
        "late-email": 1, "other": 3,
    }  # fmt: skip


def test_digest_is_of_the_program_and_not_of_the_text(small):
    digest = versions.program_digest(small)
    assert versions.program_digest(msgspec.structs.replace(small, scenario="Else.")) == digest
    assert versions.program_digest(msgspec.structs.replace(small, setup="x = 1\n")) != digest


@pytest.fixture
def matrix_of(settings, tmp_path):
    """Return matrix_of(slug, **figures by Django): load a card, with a matrix of its own."""

    def matrix_of(slug, *emails):
        load([CARDS / slug])
        card = read_folder(CARDS / slug)
        settings.CARDS_DIR = tmp_path / "cards"
        columns = [measured(d, count) for d, count in zip(DECIDED, emails, strict=True)]
        (tmp_path / "measured.json").write_text(matrix.text(matrix.make([card], columns)))
        return Card.objects.get(slug=slug)

    return matrix_of


@pytest.mark.django_db
def test_page_says_where_a_card_is_the_same(client, matrix_of):
    card = matrix_of("blank-address", 1, 1, 1)
    page = client.get(card.get_absolute_url()).content.decode()
    assert "Same on Django 5.2, 6.0 and 6.1." in page and "Answer for <b>" not in page


@pytest.mark.django_db
def test_page_tells_what_changed_only_with_the_explanation(client, matrix_of):
    card = matrix_of("robust-partial", 0, 0, 1)
    page = client.get(card.get_absolute_url()).content.decode()
    assert "Measured on Django 5.2, 6.0 and 6.1; they differ." in page
    here = ".".join(map(str, django.VERSION[:2]))
    assert f"Answer for <b>Django {here}</b>" in page
    assert "36487" not in page
    known = versions.djangos(card)
    assert known.changes[0].url == "https://code.djangoproject.com/ticket/36487"
    client.post(f"{card.get_absolute_url()}explain/", {"words": "x"})
    page = client.get(f"{card.get_absolute_url()}?at=explain").content.decode()
    assert "From Django 6.1 on: Django can log a failed callback" in page


@pytest.mark.django_db
def test_figures_of_an_older_program_are_not_shown(client, matrix_of):
    card = matrix_of("blank-address", 1, 1, 1)
    version = card.versions.get(name="buggy")
    version.files = {**version.files, "models.py": version.files["models.py"] + "# edited\n"}
    version.save()
    card.seal()
    assert versions.djangos(Card.objects.get(pk=card.pk)).measured == ""
