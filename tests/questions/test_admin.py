"""The card in the admin: edit, run, verify, publish, go back, and who may do it."""

import html
import io
import json
import random
import re

import msgspec
import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from questions.card_folder import read_folder
from questions.card_load import write
from questions.models import Card, CardFlag, Revision, Topic
from sandbox import client as sandbox
from tests.questions.conftest import DATA

pytestmark = pytest.mark.django_db
PLACES = ("versions", "cases")


@pytest.fixture(autouse=True)
def topics():
    call_command(
        "load_cards", DATA.parents[2] / "fixtures/cards/profile-update", stdout=io.StringIO()
    )


@pytest.fixture
def people():
    made = {}
    for name, group in (("ina", "Instructors"), ("ivo", "Instructors"), ("edda", "Editors")):
        made[name] = User.objects.create_user(name, is_staff=True)
        made[name].groups.add(Group.objects.get(name=group))
    made["root"] = User.objects.create_superuser("root")
    made["lee"] = User.objects.create_user("lee")
    return made


@pytest.fixture
def ina(client, people):
    client.force_login(people["ina"])
    return client


@pytest.fixture
def card(people):
    """Return a draft of ina's that is true: the seed under another name and number."""
    data = read_folder(DATA.parents[2] / "fixtures/cards/profile-update")
    few = [c for c in data.cases if c.name in ("create", "one_update", "nested_save")]
    versions = [lean(v, few) for v in data.versions if v.name in ("buggy", "fixed", "service")]
    data = msgspec.structs.replace(
        data, slug="second", number=5, status="draft", cases=few, versions=versions
    )
    claims = {v.name for v in data.versions}
    cases = [
        msgspec.structs.replace(c, claims={k: v for k, v in c.claims.items() if k in claims})
        for c in data.cases
    ]
    made = write(msgspec.structs.replace(data, cases=cases))
    Card.objects.filter(pk=made.pk).update(author=people["ina"])
    return Card.objects.get(pk=made.pk)


def lean(version, cases):
    """Return the version without its own files for other cases."""
    kept = {f"case_{case.name}.py" for case in cases}
    files = {p: t for p, t in version.files.items() if p in kept or not p.startswith("case_")}
    return msgspec.structs.replace(version, files=files)


def url(name, *args):
    return reverse(f"admin:questions_card_{name}", args=args)


def posted(response):
    """Return the data that the page's form would post."""
    form = response.context["adminform"].form
    data = fields(form)
    for each in response.context["inline_admin_formsets"]:
        formset = each.formset
        data |= fields(formset.management_form)
        for one in formset.forms:
            data |= fields(one)
    return data


def fields(form):
    data = {}
    for bound in form:
        value = bound.value()
        if bound.name == "files":
            data[f"{bound.html_name}-path"] = list(value or {})
            data[f"{bound.html_name}-text"] = list((value or {}).values())
        elif value is not None and value is not False:
            data[bound.html_name] = value
    return data


def page(client, card):
    return posted(client.get(url("change", card.pk)))


def test_it_works(ina, card):
    response = ina.get(url("change", card.pk))
    text = response.content.decode()
    assert "Run now" in text and "State: draft" in text and "buggy: 2" in text
    assert 'value="snippet.py"' in text


def test_saving_untouched_changes_nothing(ina, card):
    before = card.data()
    response = ina.post(url("change", card.pk), page(ina, card))
    assert response.status_code == 302
    card = Card.objects.get(pk=card.pk)
    assert card.data() == before and card.digest == before.digest


def test_saving_any_card_of_the_bank_untouched_changes_nothing(client, people):
    call_command("load_cards", stdout=io.StringIO())
    client.force_login(people["root"])
    cards = random.sample(list(Card.objects.with_content()), 8)  # pytest-randomly seeds it
    for card in cards:
        Card.objects.filter(pk=card.pk).update(status="draft")
        response = client.post(url("change", card.pk), page(client, card))
        assert response.status_code == 302, (card, response.context["errors"])
        assert Card.objects.get(pk=card.pk).data().digest == card.data().digest, card


def test_change_is_saved_with_claims_intents_and_a_revision(ina, card):
    data = page(ina, card)
    number = next(k for k, v in data.items() if v == "create").split("-")[1]
    data |= {f"cases-{number}-want": "{emails: 2, result: 3}", f"cases-{number}-said": "buggy: 1"}
    data |= {"title": "Another title", "hints": "One\r\nTwo"}
    assert ina.post(url("change", card.pk), data).status_code == 302
    card = Card.objects.get(pk=card.pk)
    case = card.cases.get(name="create")
    assert (card.title, card.hints, case.wanted, case.wanted_result) == (
        "Another title",
        ["One", "Two"],
        2,
        3,
    )
    assert [claim.version.name for claim in case.claims.all()] == ["buggy"]
    assert case.action.startswith("# intent: 2 | ") and "# intent-result: 3\n" in case.action
    assert Revision.objects.filter(card=card, digest=card.digest).exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("cases-0-said", "buggy: many", "expected a whole number from 0 to 1000"),
        ("cases-0-said", "buggy: &a 1", "anchor &amp;a; expected the value without an anchor"),
        ("cases-0-want", "lots", "expected a whole number"),
        ("bug_lines", "models.py 10", "expected “models.py: 10, 11”, a file once"),
        ("references", "Signals", "expected “title | https://…”"),
        ("hints", "a\nb\nc\nd", "4 entries; at most 3"),
        ("versions-0-kind", "decoy", "The buggy version is named buggy"),
        ("versions-0-files-path", ["../x.py"], "is no name for a file"),
    ],
)
def test_mistake_is_told_at_its_field(ina, card, field, value, said):
    response = ina.post(url("change", card.pk), page(ina, card) | {field: value})
    assert response.status_code == 200 and said in response.content.decode()
    assert Card.objects.get(pk=card.pk).data() == card.data()


def run(client, card, data, **more):
    return told(client.post(url("run", card.pk), data | more, headers={"X-Part": "run"}))


def told(answer):
    """Return the HTML at the end of a run's progress."""
    *steps, last = [json.loads(line) for line in answer.getvalue().splitlines()]
    if steps:
        total = steps[0]["total"]
        assert steps == [{"done": done, "total": total} for done in range(total + 1)]
    return last["html"]


def test_run_now_shows_claimed_beside_measured_and_saves_nothing(ina, card):
    text = run(ina, card, page(ina, card) | {"cases-0-said": "buggy: 3"}, title="Not saved")
    assert "Every claim is as measured" not in text and "data-whole" not in text
    assert "Claims 3 emails, measured 1." in text and 'data-line="buggy: 1"' in text
    assert Card.objects.get(pk=card.pk).title == card.title


def test_run_now_counts_lines_as_the_saved_page_does(ina, card):
    """A case gets a line with its intent when it is run, as when it is saved."""
    typed = "x = 1\nraise ValueError('here')\n"
    text = run(ina, card, page(ina, card) | {"cases-0-action": typed})
    name = page(ina, card)["cases-0-name"]
    place = f'data-error-file="case_{name}.py" data-error-line="3"'
    assert place in text and f"<code>case_{name}.py:3</code>" in text
    whole = re.search(rf'<template data-whole="{name}">(.*?)</template>', text, re.DOTALL)
    assert html.unescape(whole[1]).splitlines()[1:] == typed.splitlines()
    plain = ina.post(url("run", card.pk), page(ina, card) | {"cases-0-action": typed})
    assert "<li><code>x = 1</code></li>" in plain.content.decode()
    ina.post(url("change", card.pk), page(ina, card) | {"cases-0-action": typed})
    saved = page(ina, card)
    assert saved["cases-0-action"] == html.unescape(whole[1])
    again = run(ina, card, saved)
    assert place in again and "data-whole" not in again


def test_run_now_says_which_import_or_row_is_missing(ina, card):
    def said(**more):
        names = {"action": "cases-0-action", "setup": "setup"}
        names |= {part: f"versions-0-files-{part}" for part in ("text", "path")}
        changed = {names[name]: text for name, text in more.items()}
        return html.unescape(run(ina, card, page(ina, card) | changed))

    own = "setup.py and cases begin with their own imports: <code>"
    assert f"{own}from cardapp.models import UserProfile<" in said(action="UserProfile()\n")
    assert f"{own}from django.contrib.auth.models import User<" in said(setup="User()\n")
    assert f"{own}from cardapp.models import …<" in said(action="Nothing.of_this_name()\n")
    get = "from cardapp.models import UserProfile\nUserProfile.objects.get(pk=99)\n"
    assert "No such row: setup.py makes the rows that are there before." in said(action=get)
    assert "No such row: setup.py would make it: there is none." in said(action=get, setup="")
    assert "The files of a version are the app cardapp: <code>from cardapp.models import …" in said(
        action="from models import UserProfile\n"
    )
    # Where a name is missing in the version itself, it is not the case that lacks it.
    text = "def tell():\n    send_mail('a', 'b', None, ['c@example.com'])\n"
    call = "from cardapp.views import tell\ntell()\n"
    found = said(text=[text], action=call, path=["views.py"], setup="")
    assert "An import is missing there: <code>from django.core.mail import send_mail<" in found
    assert 'class="hint"' not in said()


def test_run_now_names_a_file_as_its_editor_does(ina, card):
    text = run(ina, card, page(ina, card))
    assert "<code>snippet.py:" in text and "models.py" not in text


def test_run_now_offers_no_claim_for_code_that_does_not_parse(ina, card):
    text = run(ina, card, page(ina, card) | {"versions-0-files-text": ["def f(:\n"]})
    assert "Code that does not parse is not wrong on purpose" in text
    assert 'data-take="create" data-version="buggy"' not in text


def test_those_who_only_read_see_texts_and_code_as_such(ina, card):
    seed = Card.objects.get(slug="profile-update")
    text = ina.get(url("change", seed.pk)).content.decode()
    assert "<li>`post_save` is sent after every save, also the first one</li>" in text
    assert "<code>snippet.py</code></p><pre" in text and "\n    bio = models.TextField()" in text
    assert "Make it yours" in text and "Run now" not in text


def test_run_now_works_on_a_card_that_is_not_there_yet(ina, card):
    data = {k: v for k, v in page(ina, card).items() if not k.endswith(("-id", "-card"))}
    data |= {"versions-INITIAL_FORMS": 0, "cases-INITIAL_FORMS": 0}
    text = told(ina.post(url("add_run"), data, headers={"X-Part": "run"}))
    assert "Every claim is as measured" in text
    assert Card.objects.filter(slug="second").count() == 1


def test_run_now_without_script_is_a_page(ina, card):
    text = ina.post(url("run", card.pk), page(ina, card)).content.decode()
    assert "<title>Run" in text and "Every claim is as measured" in text


def test_run_now_says_what_cannot_be_read(ina, card):
    name = page(ina, card)["cases-0-name"]
    text = run(ina, card, page(ina, card) | {"cases-0-said": "buggy: ["})
    assert "Not run: the page cannot be read yet" in text
    assert f"<li>Case {name}, Claims: Line 1: not YAML" in text
    text = run(ina, card, page(ina, card) | {"cases-0-title": "", "versions-0-kind": "decoy"})
    assert f"<li>Case {name}, Title: This field is required." in text
    assert "<li>Version buggy: The buggy version is named buggy" in text


def test_preview_is_clean(ina):
    said = ina.post(url("markdown"), {"text": "*x* <script>"}).content.decode()
    assert said == "<p><em>x</em> &lt;script&gt;</p>\n"


def publish(client, card):
    answer = client.post(url("publish", card.pk), headers={"X-Part": "verify"})
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    return lines[:-1], lines[-1]["html"]


def test_true_card_is_published_with_progress(ina, card):
    progress, text = publish(ina, card)
    assert progress[-1]["done"] == progress[-1]["total"] >= 27
    assert "Published: every claim holds" in text
    card = Card.objects.get(pk=card.pk)
    assert card.status == "published" and card.digest == card.data().digest
    row = ina.get(url("history", card.pk)).text.split("<tbody><tr>")[1].split("</tr>")[0]
    assert ">published</td>" in row and ">ina</td>" in row


def test_false_claim_is_refused_in_words(ina, card):
    card.cases.get(name="create").claims.filter(version__name="fixed").update(emails=4)
    _, text = publish(ina, card)
    assert "Not published: " in text and "claims 4 emails, measured 0." in text
    assert Card.objects.get(pk=card.pk).status == "draft"


def test_what_is_lacking_is_told_before_anything_is_run(ina, card):
    card.cases.get(name="create").claims.filter(version__name="fixed").delete()
    progress, text = publish(ina, card)
    assert not progress and "cases › create › claims: no claim for fixed" in text


@pytest.mark.slow
def test_published_card_is_not_made_false(ina, card):
    publish(ina, card)
    data = page(ina, card) | {
        "cases-0-said": page(ina, card)["cases-0-said"].replace("buggy: 1", "buggy: 2")
    }
    text = ina.post(url("change", card.pk), data).content.decode()
    assert text.count("would not be true; nothing was saved") == 2, "on top, and at the cases"
    assert "claims 2 emails, measured 1" in text
    assert (
        ina.post(url("change", card.pk), page(ina, card) | {"title": "Better"}).status_code == 302
    )
    card = Card.objects.get(pk=card.pk)
    assert (card.status, card.title, card.revisions.count()) == ("published", "Better", 2)


def check(client, card, data):
    answer = client.post(url("check", card.pk), data)
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    return lines[:-1], lines[-1]


def test_published_card_is_run_with_progress_then_saved_at_once(ina, card, monkeypatch):
    Card.objects.filter(pk=card.pk).update(status="published")
    data = page(ina, card) | {"title": "Better"}
    progress, last = check(ina, card, data)
    assert progress[-1]["done"] == progress[-1]["total"] >= 27

    def run_all(jobs, **more):
        raise sandbox.Unavailable("The sandbox does not answer.")

    monkeypatch.setattr(sandbox, "run_all", run_all)  # this is about not running anything
    refused = ina.post(url("change", card.pk), data | {"title": "Other"} | last)
    assert "must be run before it is saved" in refused.content.decode()
    forged = ina.post(url("change", card.pk), data | {"proof": last["proof"][:-2] + "xx"})
    assert "must be run before it is saved" in forged.content.decode()
    assert ina.post(url("change", card.pk), data | last).status_code == 302
    assert Card.objects.get(pk=card.pk).title == "Better"


def test_published_card_that_would_be_false_gets_no_proof(ina, card):
    Card.objects.filter(pk=card.pk).update(status="published")
    assert check(ina, card, page(ina, card)) == ([], {"proof": ""})
    said = page(ina, card)["cases-0-said"].replace("buggy: 1", "buggy: 2")
    _, last = check(ina, card, page(ina, card) | {"cases-0-said": said})
    assert "proof" not in last and "Not saved" in last["html"]
    assert "claims 2 emails, measured 1" in last["html"]
    _, last = check(ina, card, page(ina, card) | {"cases-0-said": "buggy: ["})
    assert last == {"proof": ""}


def test_changed_verified_card_is_a_draft_again(ina, card):
    Card.objects.filter(pk=card.pk).update(status="verified")
    ina.post(url("change", card.pk), page(ina, card))
    assert Card.objects.get(pk=card.pk).status == "verified"
    ina.post(url("change", card.pk), page(ina, card) | {"title": "Other"})
    now = Card.objects.get(pk=card.pk)
    assert now.status == "draft"
    said = set(card.history.values_list("status", "digest"))
    assert ("draft", now.digest) in said and ("verified", now.digest) not in said


def test_what_somebody_else_saved_meanwhile_is_not_lost(ina, people, card):
    mine = page(ina, card) | {"title": "Of ina", "seen": card.digest}
    edda = Client()
    edda.force_login(people["edda"])
    theirs = page(edda, card) | {"title": "Of edda", "seen": card.digest}
    assert f'name="seen" value="{card.digest}"' in edda.get(url("change", card.pk)).text
    assert edda.post(url("change", card.pk), theirs).status_code == 302
    refused = ina.post(url("change", card.pk), mine)
    now = Card.objects.get(pk=card.pk)
    assert now.title == "Of edda"
    assert "edda saved this card at" in refused.text and "Nothing of yours is saved" in refused.text
    assert url("history", card.pk) in refused.text and 'value="Of ina"' in refused.text
    assert f'name="seen" value="{now.digest}"' in refused.text
    assert "Every claim is as measured" in run(ina, card, mine)
    assert ina.post(url("change", card.pk), mine | {"seen": now.digest}).status_code == 302
    assert Card.objects.get(pk=card.pk).title == "Of ina"


def test_retire_and_back(ina, card):
    assert "is a draft, not published" in ina.get(url("retire", card.pk), follow=True).text
    Card.objects.filter(pk=card.pk).update(status="published")
    assert url("retire", card.pk) in ina.get(url("change", card.pk)).text
    asked = ina.get(url("retire", card.pk)).text
    assert "Learners find it no more" in asked and "Whoever has begun it may finish it" in asked
    assert Card.objects.get(pk=card.pk).status == "published"
    ina.post(url("retire", card.pk))
    assert Card.objects.get(pk=card.pk).status == "retired"
    text = ina.get(url("change", card.pk)).text
    assert url("publish", card.pk) not in text and url("verify", card.pk) not in text
    assert "To bring it back" in text and url("redraft", card.pk) in text
    for name in ("publish", "verify"):
        assert "It is retired." in ina.post(url(name, card.pk)).text
        assert Card.objects.get(pk=card.pk).status == "retired"
    ina.post(url("redraft", card.pk))
    assert Card.objects.get(pk=card.pk).status == "draft"
    assert url("publish", card.pk) in ina.get(url("change", card.pk)).text


def test_duplicate_is_a_draft_of_ones_own(client, people, card):
    client.force_login(people["ivo"])
    seed = Card.objects.get(slug="profile-update")
    client.post(url("duplicate", seed.pk))
    copy = Card.objects.get(slug="profile-update-copy")
    assert copy.title == f"{seed.title} (copy)"
    assert (copy.number, copy.status, copy.author) == (6, "draft", people["ivo"])
    assert copy.data().versions == seed.data().versions
    client.post(url("duplicate", copy.pk))
    again = Card.objects.get(slug="profile-update-copy-2")
    assert again.title == f"{seed.title} (copy 2)"


def test_what_was_typed_is_saved_before_it_is_duplicated_or_a_draft_again(ina, card):
    Card.objects.filter(pk=card.pk).update(status="retired")
    typed = page(ina, card) | {"title": "Typed just now"}
    ina.post(url("change", card.pk), typed | {"_duplicate": ""})
    titles = set(Card.objects.filter(author=card.author).values_list("title", flat=True))
    assert titles == {"Typed just now", "Typed just now (copy)"}
    ina.post(url("change", card.pk), typed | {"title": "Once more", "_redraft": ""})
    now = Card.objects.get(pk=card.pk)
    assert (now.title, now.status) == ("Once more", "draft")
    refused = ina.post(url("change", card.pk), typed | {"title": "", "_duplicate": ""})
    assert (
        "This field is required" in refused.text
        and Card.objects.filter(author=card.author).count() == 2
    )


def test_long_names_of_a_copy_fit(ina, card):
    Card.objects.filter(pk=card.pk).update(slug="s" * 80, title="t" * 120)
    for _ in range(2):
        ina.post(url("duplicate", card.pk))
    copies = Card.objects.filter(slug__endswith=("-copy-2"))
    assert [(len(c.slug) <= 80, len(c.title) <= 120) for c in copies] == [(True, True)]


def test_times_say_their_zone(ina, card):
    ina.cookies["zone"] = "Europe/Berlin"
    assert "<small>Berlin time</small></th>" in ina.get(url("history", card.pk)).text
    CardFlag.objects.create(card=card, said="x", django="6.1")
    assert "Berlin time. The card is still draft" in ina.get(url("change", card.pk)).text
    old = card.revisions.get()
    assert re.search(r"\d\d:\d\d CES?T", ina.get(url("revision", card.pk, old.pk)).text)


def test_history_shows_what_changed_and_brings_it_back(ina, card):
    ina.post(url("change", card.pk), page(ina, card) | {"title": "Changed"})
    text = ina.get(url("history", card.pk)).content.decode()
    assert "what changed since" in text and "ina" in text
    old = card.revisions.get(digest=card.digest)
    diff = ina.get(url("revision", card.pk, old.pk)).content.decode()
    assert "title: Changed" in diff and f"title: {card.title}" in diff
    Card.objects.filter(pk=card.pk).update(status="retired")
    diff = ina.get(url("revision", card.pk, old.pk)).content.decode()
    assert "title: Changed" in diff and "status:" not in diff
    ina.post(url("revision", card.pk, old.pk))
    assert Card.objects.get(pk=card.pk).data() == card.data()


def test_history_names_what_changed(ina, card):
    data = card.data()
    cases = [msgspec.structs.replace(data.cases[0], about="Other words"), *data.cases[1:]]
    fixed = {
        **cases[1].claims,
        "fixed": msgspec.structs.replace(cases[1].claims["fixed"], emails=9),
    }
    cases[1] = msgspec.structs.replace(cases[1], claims=fixed)
    versions = [v for v in data.versions if v.name != "service"]
    claims = [
        msgspec.structs.replace(c, claims={k: v for k, v in c.claims.items() if k != "service"})
        for c in cases
    ]
    write(msgspec.structs.replace(data, title="Other", bug_lines={}, cases=cases))
    write(msgspec.structs.replace(data, title="Other", cases=claims, versions=versions))
    rows = ina.get(url("history", card.pk)).context["entries"]
    names = [case.name for case in cases]
    assert [changed for _, _, changed in rows] == [
        f"bug lines, version service taken out, claims of {names[0]}, claims of {names[1]}, 1 more",
        f"title, bug lines, case {names[0]}, claims of {names[1]}",
        "",
    ]


def test_going_back_keeps_a_true_card_published(ina, card):
    Card.objects.filter(pk=card.pk).update(status="published")
    write(msgspec.structs.replace(card.data(), title="Changed", status="published"))
    CardFlag.objects.create(card=card, said="x", django="6.1")
    old = card.revisions.get(digest=card.digest)
    assert "It stays published" in ina.get(url("revision", card.pk, old.pk)).text
    text = ina.post(url("revision", card.pk, old.pk), follow=True).text
    assert "still published" in text
    now = Card.objects.get(pk=card.pk)
    assert (now.status, now.digest, now.title) == ("published", card.digest, card.title)
    assert not hasattr(now, "flag")


def test_going_back_is_proved_with_progress_then_done_at_once(ina, card, monkeypatch):
    Card.objects.filter(pk=card.pk).update(status="published")
    write(msgspec.structs.replace(card.data(), title="Changed", status="published"))
    old = card.revisions.get(digest=card.digest)
    there = url("revision_check", card.pk, old.pk)
    assert f'data-check="{there}"' in ina.get(url("revision", card.pk, old.pk)).text
    lines = [json.loads(line) for line in b"".join(ina.post(there).streaming_content).splitlines()]
    assert lines[-2]["done"] == lines[-2]["total"] >= 27

    def run_all(jobs, **more):
        raise sandbox.Unavailable("The sandbox does not answer.")

    monkeypatch.setattr(sandbox, "run_all", run_all)  # this is about not running anything
    assert "does not answer" in ina.post(url("revision", card.pk, old.pk), {"proof": "x"}).text
    ina.post(url("revision", card.pk, old.pk), lines[-1])
    assert Card.objects.get(pk=card.pk).title == card.title


def test_going_back_to_what_is_not_true_leaves_a_published_card_as_it_is(ina, card):
    true = card.data()
    claims = {**true.cases[0].claims, "fixed": msgspec.structs.replace(
        true.cases[0].claims["fixed"], emails=4
    )}  # fmt: skip
    cases = [msgspec.structs.replace(true.cases[0], claims=claims), *true.cases[1:]]
    false = write(msgspec.structs.replace(true, cases=cases))
    now = write(msgspec.structs.replace(true, status="published"))
    old = now.revisions.get(digest=false.digest)
    text = ina.post(url("revision", card.pk, old.pk)).text
    assert "Not made what it was" in text and "claims 4 emails, measured" in text
    now = Card.objects.get(pk=card.pk)
    assert (now.status, now.digest) == ("published", true.digest)


def test_new_card_belongs_to_its_maker(ina, people):
    topic = Topic.objects.first().pk
    data = {
        "number": 77, "slug": "new", "title": "New", "difficulty": 1, "main_topic": topic,
        "scenario": "s", "question": "q", "explanation": "e",
        "versions-TOTAL_FORMS": 0, "versions-INITIAL_FORMS": 0,
        "cases-TOTAL_FORMS": 0, "cases-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert ina.post(url("add"), data).status_code == 302
    card = Card.objects.get(slug="new")
    assert (card.author, card.status) == (people["ina"], "draft")


def test_a_new_card_begins_with_what_every_card_has(ina):
    page = ina.get(reverse("admin:questions_card_add")).content.decode()
    assert page.count('value="models.py"') == 2
    assert "from cardapp.models import" in page
    assert "prepopulated_fields_js" in page or "prepopulate" in page
    assert re.search('name="cases-1-order" value="1"', page)


def test_whoever_only_reads_sees_the_names_that_the_form_has(ina, card):
    seed = Card.objects.get(slug="profile-update")
    text = ina.get(url("change", seed.pk)).text
    assert "profile-update/buggy" not in text and "On a newer Django" in text
    assert html.escape(str(seed.versions.get(name="buggy"))).startswith("buggy: ")
    assert html.escape(str(seed.versions.get(name="buggy"))) in text
    assert "What changed, by release" not in text


def test_the_list_of_cards_is_not_narrowed_to_those_of_no_topic(ina, card):
    assert "topics__isnull" not in ina.get(url("changelist")).text


def test_a_card_that_was_taken_back_is_a_draft(ina, card):
    Card.objects.filter(pk=card.pk).update(status="retired")
    assert "is a draft now." in ina.post(url("redraft", card.pk), follow=True).text


def test_the_history_tells_times_of_one_minute_apart(ina, card):
    assert re.search(r"\d\d:\d\d:\d\d <small>", ina.get(url("history", card.pk)).text)
