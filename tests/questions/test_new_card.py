"""manage.py new_card: what it writes loads at once and is true."""

import io

import pytest
from django.core.management import CommandError, call_command

from questions.card_folder import read_folder
from questions.models import Card


def new(slug, to):
    out = io.StringIO()
    call_command("new_card", slug, to=to, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_it_works(tmp_path):
    assert f"verify_cards {tmp_path}/late-mail" in new("late-mail", tmp_path)
    call_command("load_cards", tmp_path, stdout=io.StringIO())
    assert Card.objects.get().status == "draft"


def test_numbers_go_on_after_those_of_the_bank(tmp_path, settings):
    new("first", tmp_path / "bank")
    settings.CARDS_DIR = tmp_path / "bank"
    (tmp_path / "topics.yaml").write_text("- {slug: a, name: A, introduction: x}\n")
    new("second", tmp_path / "mine")
    new("third", tmp_path / "mine")
    bank = read_folder(tmp_path / "bank" / "first").number
    numbers = [read_folder(tmp_path / "mine" / name).number for name in ("second", "third")]
    assert numbers == [bank + 1, bank + 2]


@pytest.mark.parametrize("slug", ["Late", "../x", "a_b", ""])
def test_bad_slug_is_refused(tmp_path, slug):
    with pytest.raises(CommandError) as caught:
        new(slug, tmp_path / "cards")
    assert caught.value.returncode == 2 and not (tmp_path / "cards").exists()


def test_nothing_is_overwritten(tmp_path):
    new("first", tmp_path)
    with pytest.raises(CommandError, match="is there already"):
        new("first", tmp_path)
