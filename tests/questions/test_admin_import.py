"""Bringing cards into the admin: look, correct, confirm; and every bad one changes nothing."""

import io

import msgspec
import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from questions.admin.imports import examples
from questions.card_folder import read_folder, read_one_file
from questions.card_write import card_yaml
from questions.card_zip import write_one_files, write_zip
from questions.models import Card
from questions.verify import verify
from tests.questions import test_card_csv
from tests.questions.conftest import DATA

pytestmark = pytest.mark.django_db
SEED = (DATA / "question-4.txt").read_text()
LATE = read_folder(DATA / "late-email")
CHANGED = msgspec.structs.replace(LATE, title="Later")


@pytest.fixture(autouse=True)
def loaded():
    call_command(
        "load_cards", DATA.parents[2] / "fixtures/cards/profile-update", stdout=io.StringIO()
    )


@pytest.fixture
def ina(client):
    user = User.objects.create_user("ina", is_staff=True)
    user.groups.add(Group.objects.get(name="Instructors"))
    client.force_login(user)
    return client


URL = "admin:questions_card_import"


def look(client, name="", raw=b"", text=""):
    data = {"text": text}
    if raw:
        data["file"] = SimpleUploadedFile(name, raw)
    return client.post(reverse(URL), data)


def confirm(client, answer, **changes):
    data = {"confirmed": "1", "sealed": answer.context["sealed"], **changes}
    return client.post(reverse(URL), data, follow=True)


def test_pasted_seed_text_becomes_a_draft_with_a_number_of_its_own(ina):
    answer = look(ina, text=SEED)
    assert answer.context["ready"] and answer.context["rows"][0]["card"].number == 5
    assert not Card.objects.filter(status="draft").exists()
    page = confirm(ina, answer, **{"slug-0": "my-card", "title-0": "My card"})
    card = Card.objects.get(slug="my-card")
    assert (card.title, card.number, card.status, card.author.username) == (
        "My card",
        5,
        "draft",
        "ina",
    )
    assert page.redirect_chain[-1][0] == reverse("admin:questions_card_change", args=[card.pk])
    assert "if not created:" in card.versions.get(name="fixed").files["snippet.py"]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("cards.zip", write_zip([LATE])),
        ("late-email.yaml", card_yaml(LATE).encode()),
        ("q.csv", test_card_csv.text(slug="late-email", number="901")),
    ],
)
def test_every_kind_comes_in_as_a_draft_and_twice_as_one(ina, name, raw):
    for _ in range(2):
        answer = look(ina, name, raw)
        assert answer.context.get("ready"), answer.context.get("mistakes")
        confirm(ina, answer)
    card = Card.objects.get(slug="late-email")
    assert card.status == "draft" and card.number == 901


def test_every_example_on_the_page_can_be_brought(ina):
    assert "Put it into the box" in ina.get(reverse(URL)).content.decode()
    for name, _, text in examples():
        assert confirm(ina, look(ina, name, text.encode())).status_code == 200, name
        answer = look(ina, text=text)  # pasted, its kind is told by how it begins
        assert {row["state"] for row in answer.context["rows"]} == {"unchanged"}, name
    assert set(Card.objects.filter(status="draft").values_list("slug", flat=True)) == {
        "question-100", "late-order-mail", "order-mail", "uid-once",
    }  # fmt: skip


def test_the_whole_card_of_the_examples_is_true():
    text = {name: text for name, _, text in examples()}["card.yaml"]
    verdict, _ = next(verify([read_one_file(text.encode(), file="card.yaml")]))
    assert verdict.ok, verdict.problems


def test_unknown_topics_of_a_csv_are_told_in_their_cell(ina):
    raw = test_card_csv.text(topics="Data Integrity; Cooking")
    (mistake,) = look(ina, "q.csv", raw).context["mistakes"]
    assert (mistake.line, mistake.column, mistake.what) == (2, 3, "there is no topic Cooking")


def test_nothing_brought_is_told(ina):
    assert "Choose a file or paste a text." in look(ina).content.decode()


def test_published_card_is_never_replaced(ina):
    card = read_folder(DATA.parents[2] / "fixtures/cards/profile-update")
    same = look(ina, "c.zip", write_zip([card]))
    assert same.context["rows"][0]["state"] == "unchanged" and same.context["count"] == 0
    other = msgspec.structs.replace(card, title="Another title")
    answer = look(ina, "c.zip", write_zip([other]))
    assert not answer.context["ready"]
    page = confirm(ina, answer)
    assert "The card profile-update is published" in page.content.decode()
    assert Card.objects.get(slug="profile-update").digest == card.digest
    again = confirm(ina, answer, **{"slug-0": "a-copy", "number-0": "77"})
    confirm(ina, again)
    assert Card.objects.get(slug="a-copy").number == 77


def test_a_corrected_form_is_looked_at_again_before_it_is_saved(ina):
    card = read_folder(DATA.parents[2] / "fixtures/cards/profile-update")
    answer = look(ina, "c.zip", write_zip([msgspec.structs.replace(card, title="Mine")]))
    assert "Look again" in answer.content.decode()
    again = confirm(ina, answer, **{"slug-0": "a-copy"})
    assert not Card.objects.filter(slug="a-copy").exists()
    # Its number was that of the published card: the next free one is offered.
    assert again.context["ready"] and again.context["rows"][0]["card"].number == 5
    assert "Save 1 draft" in again.content.decode()
    confirm(ina, again, **{"slug-0": "a-copy"})
    assert Card.objects.get(slug="a-copy").number == 5


def test_a_number_that_is_typed_is_not_given_away(ina):
    card = read_folder(DATA.parents[2] / "fixtures/cards/profile-update")
    answer = look(ina, "c.zip", write_zip([msgspec.structs.replace(card, title="Mine")]))
    again = confirm(ina, answer, **{"slug-0": "a-copy", "number-0": "77"})
    assert again.context["rows"][0]["card"].number == 77


def test_a_published_card_says_the_way_to_a_draft(ina):
    card = read_folder(DATA.parents[2] / "fixtures/cards/profile-update")
    other = msgspec.structs.replace(card, title="Another title")
    (row,) = look(ina, "c.zip", write_zip([other])).context["rows"]
    assert "Retire" in str(row["trouble"]) and "Back to draft" in str(row["trouble"])


def test_draft_of_somebody_else_is_never_replaced(ina, client):
    confirm(ina, look(ina, "c.zip", write_zip([LATE])))
    ivo = User.objects.create_user("ivo", is_staff=True)
    ivo.groups.add(Group.objects.get(name="Instructors"))
    client.force_login(ivo)
    answer = look(client, "c.zip", write_zip([CHANGED]))
    assert "is somebody else's" in str(answer.context["rows"][0]["trouble"])
    confirm(client, answer)
    assert Card.objects.get(slug="late-email").author.username == "ina"


def test_what_was_looked_at_cannot_be_forged(ina):
    sealed = look(ina, text=SEED).context["sealed"]
    for bad in ("", "x", sealed[:-2] + "xx"):
        page = ina.post(reverse(URL), {"confirmed": "1", "sealed": bad}, follow=True)
        assert "is not known any more" in page.content.decode()
    assert not Card.objects.filter(status="draft").exists()


def test_what_another_looked_at_is_not_taken(ina, client):
    sealed = look(ina, text=SEED).context["sealed"]
    client.force_login(User.objects.create_superuser("root"))
    page = client.post(reverse(URL), {"confirmed": "1", "sealed": sealed}, follow=True)
    assert "is not known any more" in page.content.decode()


def test_what_was_imported_is_named_and_linked(ina):
    titled = [
        msgspec.structs.replace(LATE, slug=f"late-{n}", number=500 + n, title=f"<b>{n}</b>")
        for n in range(12)
    ]
    page = confirm(ina, look(ina, "c.zip", write_zip(titled))).content.decode()
    first = reverse("admin:questions_card_change", args=[Card.objects.get(slug="late-0").pk])
    assert f'Imported as drafts. Added: <a href="{first}">&lt;b&gt;0&lt;/b&gt;</a>, <a' in page
    assert "</a> and 2 more." in page


def test_a_card_that_is_there_is_brought_again_under_another_slug(ina):
    confirm(ina, look(ina, "c.zip", write_zip([LATE])))
    number = Card.objects.get(slug="late-email").number
    again = confirm(ina, look(ina, "c.zip", write_zip([LATE])), **{"slug-0": "another"})
    assert not Card.objects.filter(slug="another").exists()
    assert again.context["ready"] and again.context["rows"][0]["card"].number > number
    confirm(ina, again)
    assert Card.objects.get(slug="another").title == LATE.title


def test_texts_are_read_as_learners_read_them_before_they_are_saved(ina):
    texts = {"scenario": "It calls `save()` twice.", "question": "*How* many <script>?"}
    answer = look(ina, "c.zip", write_zip([msgspec.structs.replace(LATE, **texts)]))
    page = answer.content.decode()
    assert "calls <code>save()</code> twice" in page and "<em>How</em> many &lt;script&gt;" in page


def test_the_words_of_the_answer_are_read_before_they_are_saved(ina):
    told = msgspec.structs.replace(LATE, answer="Wait for **the commit**.")
    page = look(ina, text=card_yaml(told)).text
    assert "<strong>Answer</strong>" in page and "Wait for <strong>the commit</strong>." in page
    untold = look(ina, text=card_yaml(msgspec.structs.replace(LATE, answer=""))).text
    assert "<strong>Answer</strong>" not in untold


def test_what_is_there_unchanged_is_left_alone(ina):
    confirm(ina, look(ina, "c.zip", write_zip([LATE])))
    before = Card.objects.values("updated_at", "digest").get(slug="late-email")
    answer = look(ina, "c.zip", write_zip([LATE]))
    assert answer.context["rows"][0]["state"] == "unchanged"
    assert "Nothing to save" in answer.content.decode()
    page = confirm(ina, answer)
    there = reverse("admin:questions_card_change", args=[Card.objects.get(slug="late-email").pk])
    said = f'Nothing was new. Unchanged: <a href="{there}">{LATE.title}</a>.'
    assert said in page.content.decode()
    assert Card.objects.values("updated_at", "digest").get(slug="late-email") == before


def test_own_draft_is_changed_and_the_change_is_shown_first(ina):
    confirm(ina, look(ina, "c.zip", write_zip([LATE])))
    answer = look(ina, "c.zip", write_zip([CHANGED]))
    text = answer.content.decode()
    assert "changes the draft that is there" in text and "title: Later" in text
    assert Card.objects.get(slug="late-email").title == LATE.title
    confirm(ina, answer)
    card = Card.objects.get(slug="late-email")
    assert (card.title, card.digest) == ("Later", CHANGED.digest)


def test_question_text_brought_twice_keeps_its_number(ina):
    for state in ("added", "unchanged"):
        answer = look(ina, text=SEED)
        assert answer.context["rows"][0]["state"] == state
        assert answer.context["rows"][0]["card"].number == 5
        confirm(ina, answer)


def test_what_changed_since_it_was_looked_at_is_shown_again(ina):
    answer = look(ina, "c.zip", write_zip([CHANGED]))
    confirm(ina, look(ina, "c.zip", write_zip([LATE])))
    page = confirm(ina, answer)
    assert "is not what you looked at" in page.content.decode()
    assert Card.objects.get(slug="late-email").title == LATE.title
    confirm(ina, page)
    assert Card.objects.get(slug="late-email").title == "Later"


def test_slug_corrected_to_one_that_is_there_is_shown_again(ina):
    confirm(ina, look(ina, "c.zip", write_zip([LATE])))
    other = msgspec.structs.replace(LATE, slug="other", number=902)
    page = confirm(ina, look(ina, "c.zip", write_zip([other])), **{"slug-0": "late-email"})
    assert "is not what you looked at" in page.content.decode()
    assert not Card.objects.filter(slug="other").exists()


def test_two_drafts_swap_their_numbers(ina):
    other = msgspec.structs.replace(LATE, slug="other", number=902)
    confirm(ina, look(ina, "c.zip", write_zip([LATE, other])))
    swapped = [
        msgspec.structs.replace(LATE, number=902),
        msgspec.structs.replace(other, number=901),
    ]
    confirm(ina, look(ina, "c.zip", write_zip(swapped)))
    assert dict(Card.objects.values_list("slug", "number")) == {
        "profile-update": 4, "late-email": 902, "other": 901,
    }  # fmt: skip


def test_editor_changes_the_draft_of_an_instructor_who_keeps_it(ina, client):
    confirm(ina, look(ina, "c.zip", write_zip([LATE])))
    edda = User.objects.create_user("edda", is_staff=True)
    edda.groups.add(Group.objects.get(name="Editors"))
    client.force_login(edda)
    confirm(client, look(client, "c.zip", write_zip([CHANGED])))
    card = Card.objects.get(slug="late-email")
    assert (card.title, card.author.username, card.status) == ("Later", "ina", "draft")


def test_published_status_in_a_file_publishes_nothing(ina):
    assert LATE.status == "published"
    confirm(ina, look(ina, "c.yaml", card_yaml(LATE).encode()))
    assert Card.objects.get(slug="late-email").status == "draft"


def test_zip_of_yaml_files_comes_in(ina):
    other = msgspec.structs.replace(LATE, slug="other", number=902)
    confirm(ina, look(ina, "c.zip", write_one_files([LATE, other])))
    assert Card.objects.get(slug="other").digest == other.digest


def test_card_keeps_its_number_whatever_others_in_the_file_ask_for(ina):
    seed = read_folder(DATA.parents[2] / "fixtures/cards/profile-update")
    first = msgspec.structs.replace(LATE, slug="a-first", number=seed.number)
    rows = look(ina, "c.zip", write_zip([first, seed])).context["rows"]
    assert [(row["card"].slug, row["card"].number, row["state"]) for row in rows] == [
        ("a-first", 5, "added"),
        ("profile-update", 4, "unchanged"),
    ]


def test_mistakes_name_line_and_column(ina):
    raw = card_yaml(LATE).replace("title: The", "title: !!str The", 1).encode()
    (mistake,) = look(ina, "c.yaml", raw).context["mistakes"]
    assert (mistake.file, mistake.line, mistake.column) == ("c.yaml", 3, 8)
    assert mistake.key == "title"
    text = look(ina, "c.yaml", raw).content.decode()
    assert "Line 3, column 8" in text and "<strong>title</strong>: tag" in text


def test_mistakes_name_their_field_and_the_file_is_in_the_box(ina):
    raw = card_yaml(LATE).replace("slug: late-email", "slug: my card!")
    raw = raw.replace("difficulty: 1", "difficulty: 9").replace("predict: true", "predict: 1", 1)
    answer = look(ina, "c.yaml", raw.encode())
    found = {mistake.key: mistake.what for mistake in answer.context["mistakes"]}
    assert found == {
        "slug": "my card!",
        "difficulty": "9",
        "cases › paid › predict": "a whole number: 1",
    }
    assert answer.context["form"]["text"].value() == raw
    assert "c.yaml stands in the box below" in answer.text
    again = look(ina, text=answer.context["form"]["text"].value())
    assert again.context["mistakes"][0].key == "slug"
    for bad in (b"PK\3\4", b"title: \xff"):
        answer = look(ina, "c.yaml", bad)
        assert answer.context["mistakes"] and not answer.context["form"]["text"].value()


def test_an_unfinished_card_is_told_the_way_in_and_it_is_true(ina):
    cases = [msgspec.structs.replace(case, claims={}) for case in LATE.cases[:1]]
    less = msgspec.structs.replace(
        LATE, versions=[], cases=cases, ideas=[], bug_lines={}, status="published"
    )
    text = card_yaml(less)
    mistakes = look(ina, text=text).context["mistakes"]
    assert len(mistakes) == 4
    assert all("or status: draft while" in mistake.expected for mistake in mistakes)
    assert look(ina, text=f"status: draft\n{text}").context["ready"]


def test_rows_without_code_say_what_they_lack(ina):
    head = ("It has no code yet", "It has no fixed version yet")
    for changes, said in (({"code": "", "fixed_code": ""}, head[0]), ({"fixed_code": ""}, head[1])):
        page = look(ina, "q.csv", test_card_csv.text(topics="Data Integrity", **changes)).text
        assert [words in page for words in head] == [words == said for words in head]
    whole = look(ina, "q.csv", test_card_csv.text(topics="Data Integrity"))
    assert whole.context["ready"] and not any(words in whole.text for words in head)


def test_thousands_of_mistakes_are_counted_and_the_first_are_shown(ina):
    text = "slug: x\n" + "".join(f"key{n}: 1\n" for n in range(5000))
    page = look(ina, text=text)
    assert len(page.context["mistakes"]) > 5000 and "These are the first 100." in page.text
    assert page.text.count("data-line=") == 100
    many = look(ina, text="slug: x\nhints:\n" + "- \n" * 5000).context["mistakes"]
    assert len(many) < 20 and "5000 entries" in "\n".join(each.what for each in many)
