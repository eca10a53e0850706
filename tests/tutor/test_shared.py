"""Shared runs: as they were, for everybody; deleted by their owner alone."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Card, Claim
from tests.tutor import factories
from tutor.models import SharedRun, Visit

pytestmark = pytest.mark.django_db
HOSTILE = factories.HARDENED + "\n# </pre><script>alert(1)</script> \x1b[31m\n"


@pytest.fixture
def card():
    return factories.card()


def share(client, card, text=HOSTILE, **data):
    fields = {"card": card.slug, "file:models.py": text, **data}
    return client.post(reverse("tutor:share"), fields)


def url(name, run):
    return reverse(f"tutor:{name}", args=[run.pk])


def test_it_works(client, card):
    response = share(client, card)
    run = SharedRun.objects.get()
    assert response["Location"] == f"/r/{run.pk}/" and len(run.pk) == 10
    page = Client().get(run.get_absolute_url())
    text = page.content.decode()
    assert "3 of 3 cases as wanted" in text and "remember_bio" in text
    assert page["X-Robots-Tag"] == "noindex" and 'content="noindex"' in text
    assert 'property="og:description" content="One update: wanted 1, sent 1.' in text


def test_hostile_text_is_text(client, card):
    share(client, card)
    page = client.get(SharedRun.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_hostile_words_of_a_run_are_text(client, card):
    raising = 'raise ValueError("<img src=x onerror=alert(1)>")'
    share(client, card, factories.BUGGY.replace("    send_mail(", f"    {raising}\n    send_mail("))
    page = client.get(SharedRun.objects.get().get_absolute_url()).content.decode()
    assert "<img src=x" not in page and "&lt;img src=x" in page


def test_a_double_click_shares_once(client, card):
    first, second = share(client, card), share(client, card)
    assert first["Location"] == second["Location"] and SharedRun.objects.count() == 1


def test_it_stays_as_it_was_when_the_card_changes(client, card):
    share(client, card)
    before = client.get(SharedRun.objects.get().get_absolute_url()).content.decode()
    card.cases.all().delete()
    Card.objects.update(setup="x = 1")
    after = client.get(SharedRun.objects.get().get_absolute_url()).content.decode()
    assert "3 of 3 cases as wanted" in after and ("Saved without a change" in before) == (
        "Saved without a change" in after
    )


def test_nobody_can_change_it(client, card):
    share(client, card)
    run = SharedRun.objects.get()
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(run.get_absolute_url()).status_code == 405


def test_it_is_forked_into_ones_own_editor(client, card):
    share(client, card)
    run, other = SharedRun.objects.get(), Client()
    response = other.post(url("shared_fork", run))
    assert response["Location"] == reverse("questions:card_fix", args=[card.slug])
    assert Visit.objects.get().draft["models.py"] == run.files["models.py"]


def test_forking_puts_the_draft_that_was_there_aside(client, card):
    share(client, card)
    run = SharedRun.objects.get()
    Visit.objects.create(learner=run.learner, card=card, draft={"models.py": "mine"})
    client.post(url("shared_fork", run))
    assert Visit.objects.get().earlier == [
        {"words": "", "draft": {"models.py": "mine"}, "why": "shared"}
    ]


def test_the_draft_that_was_there_is_offered_back_in_words(client, card):
    share(client, card)
    run = SharedRun.objects.get()
    Visit.objects.create(learner=run.learner, card=card, draft={"models.py": "mine"})
    page = client.post(url("shared_fork", run), follow=True).text
    assert "What was here before is kept: below the editor it comes back." in page
    mark = re.search(r'value="use:(\w+)"', page).group(1)
    fix = reverse("questions:card_fix", args=[card.slug])
    assert ">\nmine</textarea>" in client.post(fix, {"do": f"use:{mark}"}, follow=True).text


def test_whoever_only_took_over_a_run_has_not_run_the_card(client, card):
    share(client, card)
    other = Client()
    page = other.post(url("shared_fork", SharedRun.objects.get()), follow=True).text
    assert 'Run<span class="hidden"> (to come)' in page
    assert 'See why<span class="hidden"> (to come)' in page
    assert not Visit.objects.latest("pk").ran
    fix = reverse("questions:card_fix", args=[card.slug])
    found = other.post(fix, {"file:models.py": factories.HARDENED}, follow=True).text
    assert "As wanted in" in found and "Next: predict what the card" in found


def test_only_its_owner_deletes_it(client, card):
    share(client, card)
    run, other = SharedRun.objects.get(), Client()
    share(other, card)
    assert SharedRun.objects.count() == 2
    assert other.post(url("shared_delete", run)).status_code == 404
    assert Client().post(url("shared_delete", run)).status_code == 404
    assert "Delete it" not in other.get(run.get_absolute_url()).content.decode()
    client.post(url("shared_delete", run))
    assert client.get(run.get_absolute_url()).status_code == 404


def test_too_much_is_refused_in_words(client, card):
    page = share(client, card, "x" * 70_000)
    assert page["Location"] == card.get_absolute_url() and not SharedRun.objects.exists()


@pytest.mark.parametrize("slug", ["", "nothing", "../etc"])
def test_a_card_that_is_not_there_is_not_shared(client, slug):
    assert client.post(reverse("tutor:share"), {"card": slug}).status_code == 404


def test_a_card_without_a_measured_case_is_refused_in_words(client, card):
    Claim.objects.filter(case__card=card).delete()
    page = client.get(share(client, card)["Location"])
    assert "No case of this card is measured yet." in page.content.decode()
    assert not SharedRun.objects.exists()


def test_a_draft_card_is_not_shared(client, card):
    Card.objects.update(status="draft")
    assert share(client, card).status_code == 404


def test_without_a_sandbox_nothing_is_shared(client, card, tmp_path, monkeypatch):
    broken = tmp_path / "no"
    broken.write_text("a file where a folder is needed")
    monkeypatch.setattr("sandbox.client.folder", lambda: broken)
    assert share(client, card)["Location"] == card.get_absolute_url()
    assert not SharedRun.objects.exists()
    page = client.get(reverse("tutor:quizzes")).content.decode()
    assert "Nothing was shared; your text is kept." in page


def test_an_unreadable_report_leaves_the_page_standing(client, card):
    share(client, card)
    SharedRun.objects.update(reports=[{"schema": 99}, {}, []])
    page = client.get(SharedRun.objects.get().get_absolute_url())
    assert page.status_code == 200 and b"0 of 0" in page.content


def test_without_a_text_the_kept_draft_is_shared(client, card):
    share(client, card)
    Visit.objects.create(
        learner=SharedRun.objects.get().learner, card=card, draft={"models.py": factories.FIXED}
    )
    client.post(reverse("tutor:share"), {"card": card.slug})
    assert SharedRun.objects.filter(files={"models.py": factories.FIXED}).count() == 1


def test_a_run_of_the_playground_is_shared_and_forked(client):
    url = reverse("questions:playground")
    assert client.post(reverse("tutor:share")).status_code == 404
    text = factories.BUGGY + "\n# shared\n"
    case = factories.CASES["create"][2]
    client.post(url, {"file:models.py": text, "action:0": case, "wanted:0": "0", "do": "run"})
    client.post(reverse("tutor:share"))
    run, other = SharedRun.objects.get(), Client()
    page = other.get(run.get_absolute_url()).content.decode()
    assert "0 of 1 cases as wanted" in page and "1 too many" in page and "# shared" in page
    assert other.post(f"/r/{run.pk}/fork/")["Location"] == url
    assert "# shared" in other.get(url).content.decode()
    other.post(url, {"file:models.py": "# mine\n", "action:0": case, "wanted:0": "0", "do": "run"})
    page = other.post(f"/r/{run.pk}/fork/", follow=True).content.decode()
    assert "# shared" in page and "What was here before is kept" in page
    assert "# mine" in other.post(url, {"do": "back"}, follow=True).content.decode()


def test_a_fix_with_files_of_its_own_is_shared_and_forked(client, card):
    who = Client()
    address = reverse("questions:card_fix", args=[card.slug])
    names = {f"n-{case.name}": "1" for case in card.cases.all()}
    client.post(reverse("questions:card_predict", args=[card.slug]), names)
    client.post(address, {"do": "add", "new": "extra.py"})
    client.post(address, {"file:extra.py": "ALSO_MINE = 1\n"})
    client.post(reverse("tutor:share"), {"card": card.slug})
    run = SharedRun.objects.get()
    assert "ALSO_MINE" in run.files["extra.py"]
    who.post(url("shared_fork", run))
    assert "ALSO_MINE" in who.get(address).text


def test_pasted_code_is_models_py_for_whoever_reads_it(client, card):
    buggy = card.versions.get(name="buggy")
    buggy.files = {"snippet.py": factories.BUGGY}
    buggy.save()
    bio = "bio = models.TextField(blank=True)"
    own_save = (
        f"{bio}\n\n    def save(self, *args, **kwargs):\n        super().save(*args, **kwargs)"
    )
    fields = {"card": card.slug, "file:snippet.py": factories.BUGGY.replace(bio, own_save)}
    shown = client.post(reverse("tutor:share"), fields, follow=True).text
    assert "(models.py:" in shown and "snippet" not in shown
    kept = client.get(reverse("tutor:data_json")).text
    assert '"models.py": "from' in kept and "snippet.py" not in kept


def test_a_character_that_turns_the_text_around_is_told_and_kept(client, card):
    turned = factories.BUGGY + "# \u202e eurt si siht\u2069 <b>\n"
    share(client, card, turned)
    page = client.get(SharedRun.objects.get().get_absolute_url()).text
    assert page.count("in another order than it runs in") == 1
    assert 'data-turns="U+202E" title="RIGHT-TO-LEFT OVERRIDE">\u202e</span> eurt' in page
    assert 'data-turns="U+2069"' in page and "&lt;b&gt;" in page
