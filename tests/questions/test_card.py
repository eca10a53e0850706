"""The card page, stage by stage: what is asked, run, kept, and kept back."""

import re

import django
import pytest

from questions.models import Card
from tests.questions.bank import CODE, a_card

pytestmark = pytest.mark.django_db
SAID = {"n-create": "1", "sure-create": "think", "n-again": "1", "sure-again": "sure"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def card() -> Card:
    return a_card()


def page(client, address="/cards/note-1/", **more) -> str:
    return client.get(address, follow=True, **more).content.decode()


def predict(client, **said) -> str:
    response = client.post("/cards/note-1/predict/", {**SAID, **said}, follow=True)
    return response.content.decode()


def test_it_works(client, card):
    found = predict(client)
    assert "You said 1, sure." in found
    assert "It sent 2." in found
    assert "Two emails were sent, one was wanted" in found
    assert "What every version really sent" in found


def test_before_a_prediction_nothing_of_the_answer_is_there(client, card):
    found = page(client)
    assert "SECRET" not in found
    assert "if created" not in found
    assert "wanted" not in found.lower().replace("unwanted", "")
    assert "Count the saves" not in found


def test_nothing_is_filled_in(client, card):
    found = page(client)
    assert found.count('name="n-') == 2
    assert found.count('value=""') >= 2
    assert "checked" not in found


def test_before_the_explanation_the_answer_is_not_there(client, card):
    found = predict(client)
    assert "SECRET" not in found
    assert "if created" not in found
    for version, case in (("fixed", "create"), ("fixed", "again"), ("buggy", "again")):
        found = page(client, f"/cards/note-1/?version={version}&case={case}&at=why")
        assert "SECRET" not in found and "if created" not in found


def test_a_number_is_needed_for_one_case(client, card):
    found = predict(client, **{"n-create": "", "n-again": "", "sure-again": "think"})
    assert "Say a number for “A new note” or another case." in found
    assert re.search('value="think"[^>]*checked', found)  # What was chosen is still there.
    assert "It sent" not in found


def test_one_number_is_enough_and_the_others_are_asked_about_again(client, card):
    found = predict(client, **{"n-create": ""})
    assert "You said 1, sure." in found
    assert "It sent" in found


@pytest.mark.parametrize("number", ["-1", "1.5", "many", "100", "1e3", "٣"])
def test_a_number_is_a_number(client, card, number):
    assert "takes a whole number" in predict(client, **{"n-again": number})


def test_what_was_said_first_stands(client, card):
    predict(client)
    assert "You said 1, sure." in predict(client, **{"n-again": "2"})


def test_a_reload_and_a_second_look_show_the_same(client, card):
    predict(client)
    assert "You said 1, sure." in page(client)
    assert "You said" in page(client, "/cards/note-1/?at=predict")


def test_words_are_kept_as_they_are_typed(client, card):
    predict(client)
    kept = client.post("/cards/note-1/words/", {"words": "Two saves", "was": ""}, headers=HTMX)
    assert 'value="Two saves"' in kept.text
    client.post("/cards/note-1/words/", {"words": "Two saves, two", "was": "Two saves"})
    assert ">Two saves, two</textarea>" in page(client, "/cards/note-1/?at=why")
    other = client.post("/cards/note-1/words/", {"words": "Not mine", "was": ""})
    assert other.status_code == 204
    assert ">Two saves, two</textarea>" in page(client, "/cards/note-1/?at=why")


def test_a_rating_moves_the_last_step_at_once(client, card):
    predict(client)
    client.post("/cards/note-1/explain/")
    found = client.post("/cards/note-1/rate/", {"rating": "3"}, headers=HTMX).text
    assert 'hx-swap-oob="true"' in found and "comes back in" in found


def test_the_steps_say_what_was_done(client, card):
    def done() -> list[str]:
        steps = re.findall(r'<li class="card-step( here| done)?"', page(client))
        return [step.strip() for step in steps]

    assert done() == ["here", "", "", "", "", ""]
    predict(client)
    assert done() == ["done", "done", "here", "", "", ""]
    client.post("/cards/note-1/explain/", {"words": "Every save."})
    assert done() == ["done", "done", "done", "here", "", ""]
    client.post("/cards/note-1/fix/draft/", {"file:models.py": CODE})
    assert done()[4] == ""  # opened, and nothing changed
    client.post("/cards/note-1/fix/draft/", {"file:models.py": CODE + "# mine\n"})
    client.post("/cards/note-1/rate/", {"rating": "3"})
    assert done()[3:] == ["here", "done", "done"]


def test_the_next_step_is_named_at_the_head_of_the_result(client, card):
    found = predict(client)
    assert found.index('href="#say"') < found.index('id="emails"')


def test_a_cell_opens_its_emails_and_its_trace(client, card):
    predict(client)
    found = page(client, "/cards/note-1/?at=why&version=fixed&case=create")
    assert "A new note, fixed" in found
    assert "tell" in found and "Step" in found


def test_a_step_lights_its_line_without_javascript(client, card):
    predict(client)
    found = page(client, "/cards/note-1/?at=why&version=buggy&case=again&step=4")
    assert "Step <span data-n>4</span>" in found
    assert '<span class="ln lit" data-n="10">' in found


@pytest.mark.parametrize("query", ["step=0", "step=999", "step=x", "version=no&case=no", "at=no"])
def test_an_address_that_makes_no_sense_is_no_error(client, card, query):
    predict(client)
    assert client.get(f"/cards/note-1/?{query}").status_code == 200


def test_the_result_is_not_shown_before_a_prediction(client, card):
    assert "It sent" not in page(client, "/cards/note-1/?at=why&version=buggy&case=again")
    assert client.get("/cards/note-1/ledger/").status_code == 302


def test_htmx_gets_the_card_alone_and_its_address(client, card):
    response = client.post("/cards/note-1/predict/", SAID, headers=HTMX)
    assert response.content.decode().startswith('<div id="card"')
    assert response["HX-Push-Url"] == "/cards/note-1/?at=why"


def test_hints_open_one_at_a_time_and_are_counted(client, card):
    predict(client)
    address = "/cards/note-1/hint/"
    found = client.post(address, {"have": "0"}, follow=True).content.decode()
    assert "Hint 1 of 2" in found and "Read the signature" not in found
    found = client.post(address, {"have": "0"}, follow=True).content.decode()
    assert "Read the signature" not in found  # A double click opens one.
    client.post(address, {"have": "1"})
    client.post(address, {"have": "2"})
    assert "Hint 2 of 2 used" in page(client, "/cards/note-1/?at=why")


def test_own_words_are_kept_as_typed(client, card):
    predict(client)
    words = "  The <b>receiver</b>\n runs twice.  "
    found = client.post("/cards/note-1/explain/", {"words": words}, follow=True).content.decode()
    assert "SECRET explanation" in found
    assert "  The &lt;b&gt;receiver&lt;/b&gt;\n runs twice.  " in found.replace("\r\n", "\n")


def test_the_answer_is_always_reachable_and_then_said_to_be_shown(client, card):
    found = client.post("/cards/note-1/show/", follow=True).content.decode()
    assert "SECRET answer" in found
    assert "The answer was shown before you predicted" in found
    measured = found.index("What the code sends, and the answer")
    assert found.index("<table") < found.index("SECRET explanation") > measured
    assert found.count('class="sent ') == 4  # code and answer in two cases
    assert "1 of 2" in found and "2 of 2" in found


def test_a_shown_card_says_when_it_is_asked_again(client, card):
    found = client.post("/cards/note-1/show/", follow=True).content.decode()
    assert "asked again once you have rated it" in found
    assert "“Again” is offered and brings it back in 10 minutes." in found
    rated = client.post("/cards/note-1/rate/", {"rating": 1}, headers=HTMX).text
    assert 'id="shown" hx-swap-oob="true"' in rated
    assert "The card comes back in 10 minutes, and is asked again then." in rated


def test_who_saw_the_numbers_is_not_shown_them_twice(client, card):
    predict(client)
    found = client.post("/cards/note-1/explain/", follow=True).content.decode()
    assert "What the code sends" not in found and 'id="shown"' not in found


def test_fixing_comes_after_the_lesson_and_says_that_the_answer_was_seen(client, card):
    card.lesson = "Ask whether the row is new."
    card.save()
    predict(client)
    assert "You have seen the answer" not in page(client, "/cards/note-1/fix/")
    found = client.post("/cards/note-1/explain/", follow=True).content.decode()
    places = ["Ask whether the row is new", 'id="versions"', "Fix it from memory", 'id="rate"']
    assert sorted(map(found.index, places)) == [found.index(each) for each in places]
    assert "You have seen the answer" in page(client, "/cards/note-1/fix/")


def test_the_explanation_compares_the_versions(client, card):
    predict(client)
    found = client.post("/cards/note-1/explain/", follow=True).content.decode()
    assert "<caption" in found and "added: " in found and "removed: " in found
    assert "<ins>created" in found
    assert "Cured: 1 case" in found


def test_ideas_are_ticked_and_kept(client, card):
    predict(client)
    client.post("/cards/note-1/explain/")
    found = client.post("/cards/note-1/ideas/", {"idea": ["1", "7", "x"]}, follow=True)
    assert "Ticked: 1 of 2" in found.content.decode()


def offer(found):
    return re.search(r"“(\w+)” is offered because ([^.]*)\.", found).groups()


def test_the_offer_follows_the_ticks_at_once_and_says_so(client, card):
    predict(client)
    client.post("/cards/note-1/words/", {"words": "mine"})
    found = client.post("/cards/note-1/explain/", follow=True).text
    assert offer(found) == ("Again", "none of the 2 ideas is ticked")
    ticked = client.post("/cards/note-1/ideas/", {"idea": ["0", "1"]}, headers=HTMX).text
    assert 'id="rate" hx-swap-oob="innerHTML"' in ticked and "Ticked: 2 of 2" in ticked
    rating, why = offer(ticked)
    assert rating != "Again" and why == "1 of 2 predictions missed"


def test_a_card_is_rated_and_the_rating_taken_back(client, card):
    predict(client)
    client.post("/cards/note-1/explain/")
    found = client.post("/cards/note-1/rate/", {"rating": "3"}, follow=True).content.decode()
    assert "Rated: good" in found
    found = client.post("/cards/note-1/rate/", {"was": "3"}, follow=True).content.decode()
    assert "How well did you know it?" in found


def test_a_second_tab_rates_nothing_over_in_silence(client, card):
    predict(client)
    client.post("/cards/note-1/explain/")
    client.post("/cards/note-1/rate/", {"rating": "3"})
    again = client.post("/cards/note-1/rate/", {"rating": "3"}, follow=True).text
    assert "Rated: good" in again and "Another tab" not in again
    found = client.post("/cards/note-1/rate/", {"rating": "1"}, headers={"HX-Request": "true"}).text
    assert "Rated: good" in found and "Another tab rated it “good”: that stands." in found
    found = client.post("/cards/note-1/rate/", {"rating": "1", "was": "3"}, follow=True).text
    assert "Rated: again" in found


def test_a_second_tab_predicts_nothing_over_in_silence(client, card):
    predict(client)
    found = client.post("/cards/note-1/predict/", {"n-create": "7", "n-again": "8"}, follow=True)
    assert "What you said first stands" in found.text
    assert "What you said first stands" not in client.post("/cards/note-1/run/", follow=True).text


def test_words_of_two_tabs_are_both_kept(client, card):
    predict(client)
    client.post("/cards/note-1/explain/", {"words": "First.", "was": ""})
    client.post("/cards/note-1/explain/", {"words": "", "was": ""})
    assert "First.</blockquote>" in page(client, "/cards/note-1/?at=explain")
    client.post("/cards/note-1/explain/", {"words": "Second.", "was": ""})
    assert "First.\n\nSecond.</blockquote>" in page(client, "/cards/note-1/?at=explain")
    client.post("/cards/note-1/explain/", {"words": "New.", "was": "First.\r\n\r\nSecond."})
    assert ">New.</blockquote>" in page(client, "/cards/note-1/?at=explain")


@pytest.mark.parametrize("rating", ["0", "5", "x"])
def test_a_rating_is_one_of_four(client, card, rating):
    predict(client)
    client.post("/cards/note-1/explain/")
    found = client.post("/cards/note-1/rate/", {"rating": rating}, follow=True).content.decode()
    assert "Rated" not in found


def test_a_card_is_not_rated_before_it_is_explained(client, card):
    client.post("/cards/note-1/rate/", {"rating": "4"})
    assert "Rated" not in page(client)


def test_a_draft_is_there_for_staff_only(client, admin_client):
    a_card(status="draft")
    assert client.get("/cards/note-1/").status_code == 404
    response = admin_client.get("/cards/note-1/")
    assert "only its author and editors see it" in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("verb", ["predict", "run", "show", "explain", "hint", "ideas", "rate"])
def test_what_changes_something_is_a_post(client, card, verb):
    assert client.get(f"/cards/note-1/{verb}/").status_code == 405


def test_hostile_reports_are_shown_as_text(client, card):
    bad = "<script>alert(1)</script>"
    code = f"""
from django.core.mail import EmailMultiAlternatives
mail = EmailMultiAlternatives("{bad}", "{bad}", "a@example.com", ["{bad}@example.com"])
mail.attach_alternative("{bad}", "text/html")
mail.send()
print("{bad}")
"""
    card.cases.filter(name="again").update(action=code)
    predict(client)
    found = page(client, "/cards/note-1/?at=why&version=buggy&case=again")
    assert bad not in found
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in found


def test_an_error_of_another_version_quotes_none_of_its_lines(client, card):
    fixed = card.versions.get(name="fixed")
    fixed.files = {"models.py": CODE + "\nraise ValueError('SECRET message')  # SECRET line\n"}
    fixed.save()
    predict(client)
    address = "/cards/note-1/?at=why&version=fixed&case=create"
    found = page(client, address)
    assert "It does not even start" in found and "SECRET" not in found
    client.post("/cards/note-1/explain/")
    assert "SECRET line" in page(client, address)


def test_an_error_is_named_in_the_gap(client, card):
    buggy = card.versions.get(name="buggy")
    buggy.files = {"models.py": "import nothing_of_that_name\n"}
    buggy.save()
    found = predict(client)
    assert "ModuleNotFoundError</code> (models.py:1), so it does not even start" in found


def test_what_a_newer_django_does_otherwise_is_told_with_the_explanation(client, card):
    assert "Answer for <b>" not in page(client)
    card.newer = {"6.1": {"what": "SECRET: it is cured.", "ticket": 36487}}
    card.save()
    release = ".".join(map(str, django.VERSION[:2]))
    assert f"Answer for <b>Django {release}</b>" in page(client)
    assert "SECRET" not in page(client)
    found = client.post("/cards/note-1/show/", follow=True).content.decode()
    assert "SECRET: it is cured." in found and "ticket/36487" in found


def test_the_bug_is_marked_only_once_it_was_explained(client, card):
    card.bug_lines = {"models.py": [9]}
    card.save()
    predict(client)
    address = "/cards/note-1/?at=why&version=buggy&case=again"
    assert 'data-flag="the bug"' not in page(client, address)
    client.post("/cards/note-1/explain/")
    assert page(client, address).count('data-flag="the bug"') == 1


@pytest.mark.parametrize("lacks", ["code", "cases", "code and cases"])
def test_a_draft_that_cannot_be_run_yet_says_so(client, admin_user, lacks):
    card = a_card(status="draft")
    if "code" in lacks:
        card.versions.all().delete()
    if "cases" in lacks:
        card.cases.all().delete()
    client.force_login(admin_user)
    found = client.get("/cards/note-1/")
    assert "Nothing to run yet" in found.text and "Run</button>" not in found.text
    assert "SECRET" not in found.text
    for at in ("why", "explain"):
        assert client.get(f"/cards/note-1/?at={at}").status_code == 200
    for part in ("predict", "run", "show", "explain", "fix"):
        assert client.post(f"/cards/note-1/{part}/", {}).status_code == 404
    for part in ("fix", "ledger"):
        assert client.get(f"/cards/note-1/{part}/", follow=True).status_code == 200


def test_a_draft_without_a_fix_can_be_walked(client, admin_user):
    card = a_card(status="draft")
    card.versions.exclude(name="buggy").delete()
    client.force_login(admin_user)
    for part in ("predict", "run", "explain", "show"):
        said = SAID if part == "predict" else {}
        assert client.post(f"/cards/note-1/{part}/", said, follow=True).status_code == 200
    for address in ("", "?at=predict", "?at=why", "?at=explain", "fix/"):
        assert client.get(f"/cards/note-1/{address}", follow=True).status_code == 200


def test_a_hint_without_scripts_keeps_the_words(client, card):
    card.hints = ["Look at the receiver."]
    card.save()
    client.post("/cards/note-1/predict/", SAID)
    sent = {"have": "0", "do": "hint", "words": "it runs each time", "was": ""}
    found = client.post("/cards/note-1/hint/", sent, follow=True).text
    assert "it runs each time</textarea>" in found and "Look at the receiver." in found


@pytest.mark.parametrize("to", ["hint", "explain"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_words_that_are_too_long_are_refused_and_stay_typed(client, card, to, headers):
    client.post("/cards/note-1/predict/", SAID)
    sent = {"words": "long " * 1000 + "END", "was": ""}
    if to == "hint" and headers:
        to = "words"  # with scripts they are kept as they are typed
    found = client.post(f"/cards/note-1/{to}/", sent, follow=True, headers=headers).text
    assert "These are 5,003 characters, and 4,000 fit: leave out 1,003." in found
    assert to == "words" or "long END</textarea>" in found
    assert "SECRET" not in found and "END" not in client.get("/cards/note-1/?at=why").text


def test_an_empty_box_says_that_it_is_skipped(client, card):
    found = client.post("/cards/note-1/predict/", SAID, follow=True).text
    assert "Skip, show the explanation" in found and 'maxlength="4000"' not in found


def test_keys_are_told_only_where_there_are_scripts_and_a_keyboard(client, card):
    client.post("/cards/note-1/predict/", SAID)
    found = client.post("/cards/note-1/explain/", {"words": "", "was": ""}, follow=True).text
    told = found.partition("takes it back.</span>")[0].rpartition("<span")[2]
    assert "keys-hint needs-js" in told and "<kbd>z</kbd>" in told
    card.hints = ["Look at the receiver."]
    card.save()
    assert "hx-include" not in client.get("/cards/note-1/fix/").text


def test_a_retired_card_says_so_and_a_draft_is_not_there(client, card):
    Card.objects.update(status="retired")
    gone = client.get("/cards/note-1/")
    assert gone.status_code == 410
    found = gone.content.decode()
    assert "This card was retired" in found and card.title in found and "SECRET" not in found
    assert 'href="/cards/"' in found and card.scenario not in found
    Card.objects.update(status="draft")
    assert client.get("/cards/note-1/").status_code == 404
    assert client.get("/cards/never-was/").status_code == 404
