"""Cards leave the admin and come back: files of every kind, the whole bank without a loss."""

import io
import zipfile

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.urls import reverse

from questions.card_any import read_any
from questions.card_folder import read_folder
from questions.card_import import save_drafts, with_numbers
from questions.card_load import write
from questions.export.kinds import KINDS
from questions.models import Card, Topic
from tests.questions.conftest import DATA

pytestmark = pytest.mark.django_db
LATE = read_folder(DATA / "late-email")
SAID = {
    "zip": b"late-email/card.yaml",
    "yaml": b"# http://testserver/cards/late-email/\nslug: late-email",
    "moodle": b"http://testserver/cards/late-email/",
    "gift": b"[id:late-email]",
    "anki": b"collection.anki2",
}


@pytest.fixture
def card():
    Topic.objects.get_or_create(slug="data-integrity", defaults={"name": "Data Integrity"})
    return write(LATE)


@pytest.fixture
def ina(client):
    user = User.objects.create_user("ina", is_staff=True)
    user.groups.add(Group.objects.get(name="Instructors"))
    client.force_login(user)
    return client


def action(client, name, *cards):
    data = {"action": name, "_selected_action": [card.pk for card in cards]}
    return client.post(reverse("admin:questions_card_changelist"), data)


def test_every_kind_leaves_by_action_and_by_link(ina, card):
    assert SAID.keys() == KINDS.keys()
    for kind, said in SAID.items():
        url = reverse("admin:questions_card_export", args=[card.pk, kind])
        for answer in (action(ina, f"export_{kind}", card), ina.get(url)):
            assert said in answer.content, kind
            assert answer.headers["Content-Disposition"].startswith('attachment; filename="late-')
    page = ina.get(reverse("admin:questions_card_change", args=[card.pk])).content.decode()
    assert all(reverse("admin:questions_card_export", args=[card.pk, k]) in page for k in SAID)


def test_zip_and_yaml_carry_the_link_and_come_back(ina, card):
    for kind, name in (("zip", "x.zip"), ("yaml", "x.yaml")):
        url = reverse("admin:questions_card_export", args=[card.pk, kind])
        content = ina.get(url).content
        (again,) = read_any(name, content)
        assert again.digest == card.digest
    with zipfile.ZipFile(io.BytesIO(action(ina, "export_zip", card).content)) as archive:
        text = archive.read("late-email/card.yaml")
    assert text.startswith(b"# http://testserver/cards/late-email/\n")


def test_drafts_without_code_come_back_from_a_zip_and_from_yaml(ina, card):
    head = "title,topics,difficulty,scenario,question,explanation"
    (row,) = read_any("x.csv", f"{head}\nNo code,Data Integrity,1,s,q,e\n".encode())
    (bare,) = save_drafts(with_numbers([row]), author=User.objects.get())
    for kind, name in (("zip", "x.zip"), ("yaml", "x.zip")):
        again = read_any(name, action(ina, f"export_{kind}", card, bare).content)
        assert {each.slug: each.digest for each in again} == {
            each.slug: each.digest for each in Card.objects.all()
        }
    url = reverse("admin:questions_card_export", args=[bare.pk, "yaml"])
    (again,) = read_any("x.yaml", ina.get(url).content)
    assert again.digest == bare.digest


def test_page_to_print_has_question_answer_and_link(ina, card):
    url = reverse("admin:questions_card_export", args=[card.pk, "print"])
    for answer in (action(ina, "print_cards", card), ina.get(url)):
        text = answer.content.decode()
        assert "<h2>Answer</h2>" in text and "http://testserver/cards/late-email/" in text


@pytest.mark.parametrize(
    ("host", "site", "base", "warned"),
    [
        ("localhost:8000", "", "http://localhost:8000", True),
        ("127.0.0.1", "", "http://127.0.0.1", True),
        ("testserver", "", "http://testserver", False),
        ("localhost", "https://signalbox.example", "https://signalbox.example", False),
    ],
)
def test_an_address_that_only_this_machine_finds_is_told(
    ina, card, settings, host, site, base, warned
):
    settings.SITE_URL = site
    pages = [
        reverse("admin:questions_card_changelist"),
        reverse("admin:questions_card_change", args=[card.pk]),
        reverse("admin:questions_card_export", args=[card.pk, "print"]),
    ]
    texts = [ina.get(page, headers={"host": host}).text for page in pages]
    assert [f"</strong> finds {base}, the" in text for text in texts] == [warned] * 3
    assert f"{base}/cards/late-email/" in texts[-1]


def test_a_snippet_has_the_name_that_learners_know(ina, card):
    for version in card.versions.all():
        version.files = {"snippet.py": version.files["models.py"]}
        version.save()
    url = reverse("admin:questions_card_export", args=[card.pk, "print"])
    text = ina.get(url).text
    assert "<code>models.py</code>" in text and "snippet.py" not in text


def test_drafts_of_others_do_not_leave(ina, card):
    Card.objects.update(status="draft")
    for kind in (*SAID, "print"):
        url = reverse("admin:questions_card_export", args=[card.pk, kind])
        assert ina.get(url).status_code == 404


def test_unknown_kind_is_not_found(ina, card):
    url = reverse("admin:questions_card_export", args=[card.pk, "exe"])
    assert ina.get(url).status_code == 404


def test_whole_bank_leaves_and_comes_back_with_the_same_digests(tmp_path):
    call_command("load_cards", stdout=io.StringIO())
    digests = dict(Card.objects.values_list("slug", "digest"))
    out = io.StringIO()
    call_command("export_cards", to=tmp_path, stdout=out)
    assert f"written: {tmp_path}/cards.zip ({len(digests)} cards" in out.getvalue()
    Card.objects.all().delete()
    save_drafts(read_any("x.zip", (tmp_path / "cards.zip").read_bytes()), author=None)
    assert dict(Card.objects.values_list("slug", "digest")) == digests
    assert set(Card.objects.values_list("status", flat=True)) == {"draft"}


def test_command_writes_chosen_cards_with_the_link_to_the_site(card, tmp_path):
    call_command("export_cards", "late-email", "--as", "gift", "--site", "https://cards.example/",
                 to=tmp_path / "quiz.txt", stdout=io.StringIO())  # fmt: skip
    assert "https\\://cards.example/cards/late-email/" in (tmp_path / "quiz.txt").read_text()


def test_command_refuses_what_is_not_there(card, tmp_path):
    with pytest.raises(CommandError, match="No card nowhere."):
        call_command("export_cards", "nowhere", "late-email", to=tmp_path)
    assert not list(tmp_path.iterdir())
