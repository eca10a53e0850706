"""Wrong fixes: what learners' own code did, grouped by its ledger, and a key to nothing."""

import csv
import io
import random
from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.tutor import factories
from tutor import export, fixes, past
from tutor.merge import merge
from tutor.models import Fix, Learner, LearnerGroup, Response

pytestmark = pytest.mark.django_db
WRONG = factories.BUGGY.replace("    send_mail(", "    if kwargs['created']:\n        send_mail(")
EVIL = "<script>alert('x')</script>"


@pytest.fixture
def card():
    return factories.card()


def predict(client, card):
    said = {f"{field}-{case}": value for case in factories.CASES
            for field, value in (("n", 1), ("sure", "sure"))}  # fmt: skip
    client.post(reverse("questions:card_predict", args=[card.slug]), said)


def mend(client, card, text):
    """Predict, so that the editor opens, and run one's own text in every case."""
    predict(client, card)
    url = reverse("questions:card_fix", args=[card.slug])
    return client.post(url, {"file:models.py": text}, follow=True)


def sheet(teacher, card, **asked):
    url = reverse("tutor:card_figure", args=[card.slug])
    return teacher.get(url, asked).content.decode()


def cells(*emails, error="", wanted=(1, 0, 0)):
    return [
        fixes.cell(case, sent, error, ok=sent == want and not error)
        for case, sent, want in zip(factories.CASES, emails, wanted, strict=True)
    ]


def keep(learner, card, *emails, digest=None, text="x = 1\n", **more):
    digest = digest or card.data().digest
    fixes.keep(learner, card.pk, digest, {"models.py": text}, cells(*emails, **more))


def test_it_works(card, teacher, client):
    assert "own code" in mend(client, card, WRONG).content.decode()
    kept = Fix.objects.get()
    assert [(each["emails"], each["ok"]) for each in kept.cells] == [
        (0, False), (1, False), (0, True),
    ]  # fmt: skip
    page = sheet(teacher, card)
    assert "1 learner, 1 run" in page and "Behaves like the decoy <b>if_created</b>" in page
    assert "shown from five learners on" in page and "kwargs" not in page
    assert "The 2 cases that fail" in page


def test_the_cards_own_code_and_a_run_that_never_was_are_not_kept(card, client):
    mend(client, card, factories.BUGGY)
    assert not Fix.objects.exists()


def test_a_draft_that_its_author_previews_is_not_counted(teacher):
    draft = factories.card(9, status="draft", author=User.objects.get(username="teacher"))
    assert "As wanted in 1 of 3" in mend(teacher, draft, WRONG).content.decode()
    assert not Fix.objects.exists()


def test_a_fix_in_a_quiz_is_kept_too(card, client):
    client.post(
        reverse("tutor:quizzes"),
        {"length": 3, "kinds": ["fix"], "token": "6d3e1c9a-6e0c-4e43-9a35-0f5f7a1b2c3d"},
    )
    response = Response.objects.get()
    before = response.key
    client.post(response.get_absolute_url(), {"file:models.py": WRONG, "run": "1"})
    client.post(response.get_absolute_url(), {"file:models.py": WRONG})
    kept = Fix.objects.get()
    assert (kept.runs, kept.held, kept.of, kept.digest) == (2, 1, 3, response.digest)
    response.refresh_from_db()
    assert response.key == before and response.correct is False


def test_wrong_fixes_are_those_of_an_independent_count(card):
    rng, rows = random.Random(5), []
    learners = [Learner.objects.create() for _ in range(30)]
    for _ in range(200):
        who, sent = rng.randrange(30), tuple(rng.choice([0, 1]) for _ in factories.CASES)
        keep(learners[who], card, *sent)
        rows.append((who, sent))
    people, runs = defaultdict(set), Counter()
    for who, sent in rows:
        people[sent].add(who)
        runs[sent] += 1
    good = (1, 0, 0)
    found = fixes.tried(past.of(card, card.data().digest), card.pk, card.data().digest, None)
    assert (found.learners, found.runs) == (len({who for who, _ in rows}), 200)
    assert found.held == len(people[good])
    wanted = {sent: (len(people[sent]), runs[sent]) for sent in people if sent != good}
    assert {
        tuple(cell["emails"] for _, cell in each.cells): (each.learners, each.runs)
        for each in found.ways
    } == wanted
    order = [(-each.learners, -each.runs) for each in found.ways]
    assert order == sorted(order) and found.others == 0
    like = {tuple(c["emails"] for _, c in each.cells): each.like for each in found.ways}
    assert like[0, 1, 0].name == "if_created" and like[1, 1, 1].name == "buggy"
    assert like[0, 0, 0] is None


def test_rare_ledgers_are_counted_and_not_listed(card):
    for number in range(12):
        keep(Learner.objects.create(), card, number + 2, 0, 0)
    found = fixes.tried(None, card.pk, card.data().digest, None)
    assert len(found.ways) == fixes.SHOWN and found.others == 12 - fixes.SHOWN


def test_revisions_are_not_mixed_and_an_old_one_is_read_by_its_own_cases(card, teacher):
    card.seal()
    old = card.digest
    keep(Learner.objects.create(), card, 0, 1, 0, digest=old)
    card.cases.filter(name="one_update").update(title="Renamed since")
    card.versions.get(name="if_created").delete()
    card.seal()
    keep(Learner.objects.create(), card, 0, 1, 0, digest=card.digest)
    today, before = sheet(teacher, card), sheet(teacher, card, revision=old)
    assert "Renamed since" in today and "Behaves like no version" in today
    assert "One update</th>" in before and "the decoy <b>if_created</b>" in before
    for page in (today, before):
        assert "1 learner ran own code 1 time" in page
        assert page.count("<option") == 2


def test_a_revision_that_never_was_is_not_found(card, teacher):
    url = reverse("tutor:card_figure", args=[card.slug])
    assert teacher.get(url, {"revision": "0" * 64}).status_code == 404


def test_a_group_sees_its_own_learners_since_they_joined(card, teacher):
    group = LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")
    inside, outside = Learner.objects.create(), Learner.objects.create()
    group.memberships.create(learner=inside, name="Ada")
    for who in (inside, outside):
        keep(who, card, 0, 1, 0)
    assert "1 learner ran own code" in sheet(teacher, card, group=group.pk)
    assert "2 learners ran own code" in sheet(teacher, card)
    group.memberships.update(joined_at=timezone.now() + timedelta(days=1))
    assert "Nobody has run own code" in sheet(teacher, card, group=group.pk)


def test_an_example_is_shown_from_five_learners_on(card, teacher, client):
    group = LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")
    who = [Learner.objects.create() for _ in range(5)]
    for number, each in enumerate(who):
        keep(each, card, number + 2, 0, 0, text="SOMEBODYS-OWN\n")
        if number:
            group.memberships.create(learner=each, name=f"{number}")
    for each in who:
        keep(each, card, 0, 1, 0, text="SOMEBODYS-OWN\n")
    whole = sheet(teacher, card)
    assert whole.count("SOMEBODYS-OWN") == 6 and "from five learners on" not in whole
    few = sheet(teacher, card, group=group.pk)
    assert "4 learners ran own code" in few and "SOMEBODYS-OWN" not in few
    assert "Examples of the text, without names, are shown from five learners on." in few
    group.memberships.create(learner=who[0], name="0")
    group.memberships.update(joined_at=timezone.now() - timedelta(days=1))
    assert "SOMEBODYS-OWN" in sheet(teacher, card, group=group.pk)


def test_every_page_promises_the_same_of_own_code(card, teacher, client):
    group = LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")
    join = client.get(reverse("tutor:join_group", args=[group.code])).content.decode()
    assert "own words is never shown" in join and "never shown under your name" in join
    predict(client, card)
    mine = client.get(reverse("questions:card_fix", args=[card.slug])).content.decode()
    for page in (join, mine):
        assert fixes.ENOUGH == 5 and "five learners or more" in page


def test_hostile_text_is_text_and_the_csv_no_formula(card, teacher):
    for number in range(fixes.ENOUGH):
        keep(Learner.objects.create(), card, number + 2, 0, 0)
    keep(Learner.objects.create(), card, 0, 0, 0, text=EVIL, error=f"case:{EVIL}{'y' * 999}")
    page = sheet(teacher, card)
    assert EVIL not in page and "&lt;script&gt;" in page and "y" * 200 not in page
    text = teacher.get(reverse("tutor:card_figure_csv", args=[card.slug])).content.decode(
        "utf-8-sig"
    )
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["card"] for row in rows} == {card.slug}
    assert any(row["figure"] == "wrong fix, learners" and row["value"] == "1" for row in rows)


def test_nobody_is_named_and_no_learner_makes_endless_rows(card, teacher):
    who = Learner.objects.create(user=User.objects.create_user("sonja"))
    for number in range(fixes.MOST + 5):
        keep(who, card, number, 7, 7)
    keep(who, card, 0, 7, 7)
    assert who.fixes.count() == fixes.MOST and who.fixes.get(cells__0__emails=0).runs == 2
    assert "sonja" not in sheet(teacher, card)


def test_long_texts_and_odd_characters_are_kept_out(card):
    who = Learner.objects.create()
    keep(who, card, 0, 0, 0, text="x" * (fixes.LONGEST + 1))
    assert who.fixes.get().files == {}
    keep(who, card, 0, 0, 0, text="a\x00b\ud800")
    assert who.fixes.get().files == {"models.py": "ab?"}


def test_they_go_where_their_learner_goes(card):
    guest, account = (
        Learner.objects.create(), Learner.objects.create(user=User.objects.create_user("ada")),
    )  # fmt: skip
    keep(guest, card, 0, 0, 0)
    keep(guest, card, 1, 1, 0)
    keep(account, card, 0, 0, 0)
    merge(guest, into=account)
    assert sorted(account.fixes.values_list("runs", flat=True)) == [1, 2]
    assert len(export.as_json(account)["fixes"]) == 2
    account.delete()
    assert not Fix.objects.exists()


def test_a_guest_who_mended_lately_is_not_purged(card):
    who = Learner.objects.create()
    Learner.objects.update(created_at=timezone.now() - timedelta(days=400))
    keep(who, card, 0, 0, 0)
    call_command("purge_guests", stdout=io.StringIO())
    assert Learner.objects.exists()


def test_figures_of_a_draft_are_its_authors_and_the_editors(card, teacher):
    draft = factories.card(9, status="draft")
    keep(Learner.objects.create(), draft, 0, 0, 0)
    editor = User.objects.create_user("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    other = Client()
    other.force_login(editor)
    for name in ("card_figure", "card_figure_csv"):
        url = reverse(f"tutor:{name}", args=[draft.slug])
        assert (teacher.get(url).status_code, other.get(url).status_code) == (404, 200)
    assert draft.title not in teacher.get(reverse("tutor:card_figures")).content.decode()
    type(draft).objects.filter(pk=draft.pk).update(author=User.objects.get(username="teacher"))
    assert "1 learner ran own code" in sheet(teacher, draft)


def test_a_fix_is_filed_under_the_revision_that_was_begun(card, client):
    card.seal()
    begun = card.digest
    predict(client, card)
    card.cases.filter(name="create").update(title="Renamed since")
    card.seal()
    mend(client, card, WRONG)
    assert card.digest != begun and Fix.objects.get().digest == begun
