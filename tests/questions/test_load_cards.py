"""manage.py load_cards: all or nothing, idempotent, kind to rows that are not its own."""

import io
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from questions.card_folder import read_folder
from questions.models import Card, Revision, Topic

pytestmark = pytest.mark.django_db


def load(*args, **options):
    out = io.StringIO()
    call_command("load_cards", *args, stdout=out, **options)
    return out.getvalue()


def test_it_works(folder):
    assert "added     late-email\n1 added, 0 changed, 0 unchanged" in load(folder)
    card = Card.objects.get()
    assert card.data() == read_folder(folder)
    assert card.digest == card.data().digest
    assert card.program().job("buggy", "paid") == read_folder(folder).program().job("buggy", "paid")


def test_topics_come_with_the_cards(folder):
    load(folder.parent)
    assert [topic.slug for topic in Topic.objects.all()] == [
        "signal-handling", "data-integrity", "avoiding-circular-imports", "best-practices",
    ]  # fmt: skip
    assert [topic.name for topic in Card.objects.get().topics.all()] == ["Data Integrity"]


def test_loading_again_changes_nothing(folder):
    load(folder)
    before = list(Card.objects.values())
    assert "0 added, 0 changed, 1 unchanged" in load(folder)
    assert list(Card.objects.values()) == before


def test_check_changes_nothing(folder):
    assert "1 added, 0 changed, 0 unchanged (checked, nothing saved)" in load(folder, check=True)
    assert not Card.objects.exists() and not Topic.objects.exists()


def test_changed_card_is_updated_in_place(folder, change):
    load(folder)
    before = Card.objects.get()
    kept, gone = before.cases.get(name="paid"), before.cases.get(name="declined")
    change("card.yaml", "  declined:", "  refused:")
    (folder / "case_declined.py").rename(folder / "case_refused.py")
    assert "changed   late-email" in load(folder)
    after = Card.objects.get()
    assert after.pk == before.pk and after.cases.get(name="paid").pk == kept.pk
    assert not after.cases.filter(pk=gone.pk).exists()
    assert {r.digest for r in Revision.objects.all()} == {before.digest, after.digest}


def test_old_revision_still_says_what_was(folder, change):
    load(folder)
    before = Card.objects.get()
    data = before.data()
    change("fixed/models.py", "Thank you.", "Thanks.")
    load(folder)
    assert Revision.objects.get(digest=before.digest).data() == data


def test_card_edited_here_is_kept_until_told(folder, change):
    load(folder)
    Card.objects.update(title="A better title")
    assert "kept      late-email (edited here" in load(folder)
    change("card.yaml", "difficulty: 1", "difficulty: 2")
    assert "1 kept" in load(folder)
    assert Card.objects.get().title == "A better title"
    assert "changed   late-email" in load(folder, overwrite=True)
    assert Card.objects.get().title == "The email before the order"


def test_card_loaded_when_digests_were_made_otherwise_is_not_taken_for_edited(folder, change):
    load(folder)
    Card.objects.update(loaded="0" * 64 + ":published", digest="0" * 64)
    Revision.objects.update(digest="0" * 64)
    change("card.yaml", "difficulty: 1", "difficulty: 2")
    assert "changed   late-email" in load(folder)


def test_status_set_here_survives_loading(folder):
    load(folder)
    Card.objects.update(status="retired")
    assert "1 unchanged" in load(folder)
    assert Card.objects.get().status == "retired"


@pytest.mark.parametrize("command", ["load_cards", "verify_cards", "import_cards"])
def test_a_command_names_the_field_as_the_import_page_does(
    admin_client, folder, change, tmp_path, command
):
    """A zip is read by the page, its folder by a command, or the zip itself."""
    change("card.yaml", "claims: {buggy: 1, fixed", "claims: {fixed")
    zipped = shutil.make_archive(tmp_path / "late-email", "zip", folder.parent, folder.name)
    with open(zipped, "rb") as file:
        page = admin_client.post(reverse("admin:questions_card_import"), {"file": file})
    (words,) = (mistake.words for mistake in page.context["mistakes"])
    assert words.startswith("cases › paid › claims: no claim for buggy; expected a claim for")
    with pytest.raises(CommandError) as caught:
        call_command(command, zipped if command == "import_cards" else folder)
    assert f"card.yaml:27: {words}" in str(caught.value)


def test_mistake_in_one_card_saves_none(folder, change):
    other = folder.with_name("second-card")
    shutil.copytree(folder, other)
    with pytest.raises(CommandError) as caught:
        load(folder.parent)
    assert caught.value.returncode == 2
    assert f"{other}/card.yaml:1: number 901 is that of card late-email" in str(caught.value)
    assert str(caught.value).endswith("1 mistake; nothing was saved.")
    assert not Card.objects.exists()


def test_unknown_topic_names_the_known_ones(folder, change):
    change("card.yaml", "topics: [Data Integrity]", "topics: [Databases]")
    with pytest.raises(CommandError, match="unknown topic Databases; expected one of Signal Handl"):
        load(folder)


def test_same_slug_twice_is_refused(folder, tmp_path):
    again = tmp_path / "more" / "late-email"
    shutil.copytree(folder, again)
    with pytest.raises(CommandError, match="slug late-email is also"):
        load(folder, again)


def test_two_cards_may_swap_their_numbers(folder, change):
    other = folder.with_name("second-card")
    shutil.copytree(folder, other)
    (other / "card.yaml").write_text((folder / "card.yaml").read_text().replace("901", "902"))
    load(folder.parent)
    texts = [(path / "card.yaml").read_text() for path in (folder, other)]
    (folder / "card.yaml").write_text(texts[1])
    (other / "card.yaml").write_text(texts[0])
    assert "2 changed" in load(folder.parent)
    assert Card.objects.get(number=902).slug == "late-email"


def test_folder_without_cards_is_a_mistake(tmp_path):
    with pytest.raises(CommandError, match="no card.yaml here"):
        load(tmp_path)


def test_database_without_tables_is_told_in_words(folder, tmp_path):
    command = [sys.executable, settings.BASE_DIR / "manage.py", "load_cards", "--check", folder]
    env = {**os.environ, "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tutor.settings"}
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == (
        "CommandError: no such table: questions_card. Run `python manage.py migrate` first.\n"
    )
