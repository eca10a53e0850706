"""Setting and sitting a quiz: every step once, whatever the browser does."""

import re
import threading
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from questions import runs
from questions.models import Card, Case, Claim
from tests.tutor import factories
from tutor.facts import Facts
from tutor.kinds import KINDS
from tutor.models import Attempt, Fix, Quiz, Response, Review, ReviewLog
from tutor.templatetags import learning

pytestmark = pytest.mark.django_db


@pytest.fixture
def cards():
    return [factories.card(number) for number in range(1, 6)]


def begin(client, **data):
    data = {"length": 3, "token": uuid.uuid4(), **data}
    return client.post(reverse("tutor:quizzes"), data)


@pytest.fixture
def sitting(client, cards):
    """Return a sitting of three questions, all of them numbers."""
    begin(client, kinds=["number"])
    return Attempt.objects.get()


def answer(client, response, **data):
    return client.post(response.get_absolute_url(), data)


def grade(client, response, number=3, **data):
    url = reverse("tutor:question_grade", args=[response.attempt_id, response.position])
    return client.post(url, {"grade": number, **data})


def test_it_works(client, sitting):
    for response in sitting.responses.all():
        page = client.get(sitting.get_absolute_url(), follow=True)
        assert page.redirect_chain[-1][0] == response.get_absolute_url()
        answer(client, response, emails=response.key["emails"], sure="sure")
        assert "You said" in client.get(response.get_absolute_url()).content.decode()
        last = grade(client, response, 4)
    assert last["Location"] == sitting.get_absolute_url()
    page = client.get(sitting.get_absolute_url(), follow=True)
    assert "3 of 3" in page.content.decode()
    assert Attempt.objects.get().finished and Review.objects.count() == 3


def test_a_page_alone_keeps_nothing(client, cards):
    assert client.get(reverse("tutor:quizzes")).status_code == 200
    assert not Quiz.objects.exists() and "learner" not in client.session


def test_a_double_click_begins_one_sitting(client, cards):
    token = uuid.uuid4()
    first, second = begin(client, token=token), begin(client, token=token)
    assert first["Location"] == second["Location"] and Quiz.objects.count() == 1


def test_the_first_answer_stands(client, sitting):
    response = sitting.responses.first()
    answer(client, response, emails=7)
    page = client.get(answer(client, response, emails=response.key["emails"])["Location"])
    assert "Your first answer stands." in page.content.decode()
    response.refresh_from_db()
    assert response.answer == 7 and not response.correct


def test_a_second_tab_cannot_answer_again(client, sitting):
    # Both tabs have loaded the question; both send.
    response = sitting.responses.first()
    pages = [client.get(response.get_absolute_url()) for _ in range(2)]
    assert all(b'name="emails"' in page.content for page in pages)
    answer(client, response, emails=1)
    answer(client, response, skip="1")
    response.refresh_from_db()
    assert response.answer == 1 and not response.skipped


def test_grading_twice_schedules_once(client, sitting):
    response = sitting.responses.first()
    answer(client, response, emails=1)
    grade(client, response, 2)
    due = Review.objects.get().due
    grade(client, response, 2)
    assert Review.objects.get().due == due and ReviewLog.objects.count() == 1


def test_a_grade_can_be_changed(client, sitting):
    response = sitting.responses.first()
    answer(client, response, emails=1)
    grade(client, response, 4)
    grade(client, response, 1, was=4)
    response.refresh_from_db()
    assert response.grade == 1 and ReviewLog.objects.get().rating == 1


def test_a_second_tab_grades_nothing_over_in_silence(client, sitting):
    response = sitting.responses.first()
    answer(client, response, emails=1)
    grade(client, response, 4)
    page = client.get(grade(client, response, 1)["Location"]).content.decode()
    assert "Another tab graded it “easy”: that stands." in page
    response.refresh_from_db()
    assert response.grade == 4 and ReviewLog.objects.get().rating == 4


def test_nothing_is_graded_before_it_is_answered(client, sitting):
    grade(client, sitting.responses.first(), 4)
    assert not ReviewLog.objects.exists() and sitting.responses.first().grade is None


def test_leaving_and_coming_back_goes_on_where_it_was(client, sitting):
    first, second, _ = sitting.responses.all()
    answer(client, first, emails=1)
    assert client.get(sitting.get_absolute_url())["Location"] == first.get_absolute_url()
    grade(client, first)
    assert client.get(sitting.get_absolute_url())["Location"] == second.get_absolute_url()
    assert sitting.get_absolute_url() in client.get(reverse("tutor:quizzes")).content.decode()


def test_skipping_goes_on_and_counts_as_missed(client, sitting):
    first, second, _ = sitting.responses.all()
    assert answer(client, first, skip="1")["Location"] == second.get_absolute_url()
    first.refresh_from_db()
    assert first.skipped and not first.right and not ReviewLog.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_skipped_question_of_every_kind_can_be_looked_at(client, cards, kind):
    begin(client, kinds=[kind])
    first = Response.objects.first()
    answer(client, first, skip=1)
    assert "Skipped" in client.get(first.get_absolute_url()).text
    client.post(reverse("tutor:attempt_finish", args=[first.attempt_id]))
    for response in Response.objects.all():
        assert client.get(response.get_absolute_url()).status_code == 200


def test_no_answer_after_the_end(client, sitting):
    client.post(reverse("tutor:attempt_finish", args=[sitting.pk]))
    answer(client, sitting.responses.first(), emails=1)
    assert sitting.responses.first().answered_at is None


@pytest.mark.parametrize("emails", ["", "many", "-1", "1e3", "1000", "٣" * 5, "NaN"])
def test_a_bad_number_is_explained_and_kept_nothing(client, sitting, emails):
    page = answer(client, sitting.responses.first(), emails=emails)
    assert "Give a number of emails" in page.content.decode()
    assert sitting.responses.first().answered_at is None


def test_an_unknown_word_for_sure_is_refused(client, sitting):
    page = answer(client, sitting.responses.first(), emails=1, sure="certain")
    assert "how sure you are" in page.content.decode()


def test_words_are_graded_by_their_writer(client, cards):
    begin(client, kinds=["explain"])
    response = Response.objects.first()
    answer(client, response, words="every <b>save</b>\r\n sends")
    page = client.get(response.get_absolute_url()).content.decode()
    assert "every &lt;b&gt;save&lt;/b&gt;" in page and "IDEA-CANARY" in page
    grade(client, response, 3, idea=["1"])
    response.refresh_from_db()
    assert response.correct is None and response.right
    assert response.measured["ideas"] == [1] and response.answer == "every <b>save</b>\n sends"


def offered(page):
    return re.search(r'class="button offered"[^>]*value="(\d)"', page)[1]


def test_the_grade_offered_for_own_words_is_what_the_ticks_stand_for(client, cards):
    begin(client, kinds=["explain"])
    response = Response.objects.first()
    answer(client, response, words="every save sends")
    ideas = len(response.key["ideas"])
    page = client.get(response.get_absolute_url()).text
    assert offered(page) == "1" and "Offered is what the ticks stand for: “Again” with 0" in page
    assert page.count('name="idea"') == ideas and "“Easy” with all" in page
    grade(client, response, 4, idea=["0"])
    share = {1: 4, 2: 2, 3: 2}[ideas]
    assert ReviewLog.objects.get().offered == share


def test_the_version_that_was_asked_about_is_marked(client, sitting):
    response = sitting.responses.first()
    answer(client, response, emails=0)
    page = client.get(response.get_absolute_url()).text
    row = re.search(r'<tr class="asked"><th scope="row">(.*?)</th>', page)[1]
    asked = next(c for c in response.key["row"] if c["name"] == response.key["version"])
    assert escape(asked["title"]) in row and "asked about" in row and page.count("asked about") == 1


def test_every_row_that_misses_says_by_what(client, cards):
    fixed = Claim.objects.filter(version__name="fixed", case__name="one_update")
    fixed.update(emails=0, error="cardapp.apps:ImportError")
    more = Claim.objects.filter(version__name="hardened", case__name="one_update")
    more.update(emails=3)
    facts = Facts(cards[0])
    rows = {cell["name"]: cell["why"] for cell in facts.row(facts.cases["one_update"])}
    assert rows == {
        "buggy": "",
        "fixed": "it stops with ImportError",
        "hardened": "2 too many",
        "if_created": "1 too few",
    }


def test_no_question_shows_an_answer_before_it_is_answered(client, cards):
    begin(client, length=10)
    for response in Response.objects.all():
        page = client.get(response.get_absolute_url()).content.decode()
        assert not [word for word in factories.CANARIES if word in page]


def test_the_questions_are_made_once(client, sitting):
    before = [client.get(r.get_absolute_url()).content for r in sitting.responses.all()]
    Claim.objects.update(emails=9)
    Case.objects.update(title="Another")
    Card.objects.update(question="Another")
    response = sitting.responses.first()
    after = client.get(response.get_absolute_url()).content.decode()
    assert "Another" not in after and len(before) == 3
    assert response.key["emails"] != 9


def test_topics_and_difficulty_choose_the_cards(client):
    factories.card(1, topics=["Signal Handling"], difficulty=1)
    factories.card(2, topics=["Data Integrity"], difficulty=1)
    factories.card(3, topics=["Data Integrity"], difficulty=3)
    topic = factories.topic("Data Integrity")
    begin(client, topics=[topic.pk], difficulties=[3], length=5)
    assert {response.card.number for response in Response.objects.all()} == {3}


def test_only_what_was_wrong(client, cards):
    begin(client, kinds=["number"])
    sitting = Attempt.objects.get()
    wrong, right, _ = sitting.responses.all()
    for response, number in ((wrong, 99), (right, right.key["emails"])):
        answer(client, response, emails=number)
        grade(client, response)
    begin(client, only="wrong", kinds=["number"])
    asked = Attempt.objects.exclude(pk=sitting.pk).get().responses
    assert [response.card for response in asked.all()] == [wrong.card]


def answered(response, *, right):
    """Note an answer and its grade as a sitting does."""
    now = timezone.now()
    response.answered_at = response.done_at = now
    response.correct, response.grade = right, 3 if right else 1
    response.save()


def test_only_what_was_missed_is_asked_in_the_kinds_that_were_missed(client, cards):
    begin(client, kinds=["number"], length=5)
    begin(client, kinds=["line"], length=5)
    missed = set()
    for n, response in enumerate(Response.objects.order_by("pk")):
        right = n % 3 != 0
        answered(response, right=right)
        missed |= set() if right else {(response.card_id, response.kind)}
    page = client.get(reverse("tutor:quizzes")).text
    assert f"only what I got wrong ({len(missed)} questions)" in page
    begin(client, only="wrong", length=20)
    again = Attempt.objects.latest("started_at").responses.all()
    assert {(r.card_id, r.kind) for r in again} == missed and len(again) == len(missed)
    begin(client, only="wrong", length=20, kinds=["line"])
    again = Attempt.objects.latest("started_at").responses.all()
    assert {(r.card_id, r.kind) for r in again} == {pair for pair in missed if pair[1] == "line"}
    begin(client, only="wrong", length=3)
    assert Attempt.objects.latest("started_at").responses.count() == min(3, len(missed))


def test_what_was_right_the_last_time_is_not_missed(client, cards):
    for right in (False, True):
        begin(client, kinds=["number"], length=5)
        for response in Attempt.objects.latest("started_at").responses.all():
            answered(response, right=right)
    page = client.get(reverse("tutor:quizzes")).text
    assert "only what I got wrong (nothing yet)" in page
    assert "Nothing you got wrong fits these choices." in begin(client, only="wrong").text


def test_only_what_is_due_says_when_there_is_nothing(client, cards):
    page = begin(client, only="due")
    assert page.content.decode().count("Nothing that fits these choices is due.") == 1
    assert '<details class="more" open>' in page.content.decode()
    assert '<details class="more">' in client.get(reverse("tutor:quizzes")).text
    assert not Quiz.objects.exists() and not Attempt.objects.exists()


def test_only_the_missed_again_with_another_case(client, sitting):
    first, second, third = sitting.responses.all()
    answer(client, first, emails=99)
    answer(client, second, emails=second.key["emails"])
    answer(client, third, skip="1")
    for response in (first, second):
        grade(client, response)
    token = uuid.uuid4()
    url = reverse("tutor:attempt_retry", args=[sitting.pk])
    for _ in range(2):
        client.post(url, {"token": token})
    again = Attempt.objects.exclude(pk=sitting.pk).get()
    assert [r.card_id for r in again.responses.all()] == [first.card_id, third.card_id]
    assert [r.case for r in again.responses.all()] != [first.case, third.case]


def test_the_cases_differ_from_sitting_to_sitting(client):
    factories.card(1)
    for _ in range(3):
        begin(client, kinds=["number"], length=3)
    assert len({response.case for response in Response.objects.all()}) == 3


def test_the_result_has_topics_and_the_way_back(client, sitting):
    response = sitting.responses.first()
    answer(client, response, emails=99, sure="sure")
    grade(client, response)
    client.post(reverse("tutor:attempt_finish", args=[sitting.pk]))
    page = client.get(reverse("tutor:result", args=[sitting.pk])).content.decode()
    assert "0 of 3" in page and "Signal Handling" in page
    assert response.card.get_absolute_url() in page
    assert "You said 99." in page and "You were sure of 99." in page


def test_another_learner_sees_nothing_of_it(sitting):
    response = sitting.responses.first()
    other = Client()
    begin(other)
    for name in ("attempt", "result"):
        assert other.get(reverse(f"tutor:{name}", args=[sitting.pk])).status_code == 404
    assert other.get(response.get_absolute_url()).status_code == 404
    assert answer(other, response, emails=1).status_code == 404
    assert grade(other, response).status_code == 404
    for name in ("attempt_finish", "attempt_retry"):
        assert other.post(reverse(f"tutor:{name}", args=[sitting.pk])).status_code == 404
    response.refresh_from_db()
    assert response.answered_at is None


def test_an_address_sets_the_form_and_starts_nothing(client, cards):
    topic = factories.topic()
    page = client.get(f"/quiz/?topic={topic.slug}&kind=line&kind=nonsense&only=wrong")
    form = page.context["form"]
    assert form["topics"].value() == [topic.pk] and form["kinds"].value() == ["line"]
    assert form["only"].value() == "wrong" and not Quiz.objects.exists()


def test_the_time_is_shown_only_if_wanted(client, cards):
    begin(client, kinds=["number"])
    response = Response.objects.get(position=1, attempt=Attempt.objects.get())
    assert "data-clock" not in client.get(response.get_absolute_url()).content.decode()
    begin(client, kinds=["number"], show_time="on")
    timed = Attempt.objects.get(quiz__show_time=True)
    page = client.get(timed.responses.first().get_absolute_url()).content.decode()
    assert "data-clock" in page
    client.post(reverse("tutor:attempt_finish", args=[timed.pk]))
    result = client.get(reverse("tutor:result", args=[timed.pk])).content.decode()
    assert "You thought for 0:00 minutes." in result


def test_an_order_of_lines_is_run_and_is_no_fix_of_ones_own(client, cards):
    begin(client, kinds=["order"])
    response = Response.objects.first()
    lines = response.ask["lines"]
    order = ",".join(str(lines.index(line)) for line in response.key["lines"])
    assert answer(client, response, order=order).status_code == 302
    assert Response.objects.get(pk=response.pk).answered_at and not Fix.objects.exists()


def test_a_wrong_order_or_line_is_shown_beside_the_right_one(client, cards):
    begin(client, kinds=["order"])
    response = Response.objects.first()
    lines = response.ask["lines"]
    order = [lines.index(line) for line in reversed(response.key["lines"])]
    answer(client, response, order=",".join(map(str, order)))
    page = client.get(response.get_absolute_url()).text
    assert page.count("yours</span>") == 1 and page.count("It does not start") == 1
    begin(client, kinds=["line"])
    response = Response.objects.filter(kind="line").first()
    answer(client, response, line="models.py:8")
    page = client.get(response.get_absolute_url()).text
    assert page.count('data-flag="your choice"') == 1 and page.count('data-flag="the bug"') == 2
    assert "You chose line 8. The bug is in lines 13 and 14." in page


def test_a_fix_is_kept_as_it_is_typed_and_run_by_its_own_button(client, cards):
    begin(client, kinds=["fix"])
    response = Response.objects.first()
    name, text = response.ask["files"][0]["name"], response.ask["files"][0]["text"]
    kept = answer(client, response, keep=1, **{f"file:{name}": text + "# typed\n"})
    assert kept.status_code == 204 and not Response.objects.get(pk=response.pk).answered_at
    page = client.get(response.get_absolute_url()).text
    assert "# typed" in page and "data-editor" in page
    begin(client, kinds=["number"])
    other = Response.objects.filter(kind="number").first()
    assert "data-editor" not in client.get(other.get_absolute_url()).text


def test_a_second_tab_changes_no_fix_over_in_silence(client, cards):
    begin(client, kinds=["fix"])
    response = Response.objects.first()
    first = client.get(response.get_absolute_url()).context["work"]["seen"]
    kept = answer(client, response, keep=1, seen=first, **{"file:models.py": "a = 1\n"})
    assert kept.status_code == 204
    late = {"seen": first, "file:models.py": "b = 2\n"}
    said = answer(client, response, keep=1, **late)
    assert said.text.startswith("Not kept. Another tab changed") and "<" not in said.text
    for button in ("run", "answer"):
        page = answer(client, response, **{button: 1}, **late)
        assert "Another tab changed this code since" in page.text and "b = 2" in page.text
    now = Response.objects.get(pk=response.pk)
    assert now.work["files"] == {"models.py": "a = 1\n"} and now.answered_at is None
    assert page.context["work"]["seen"] == kept["X-Seen"]
    answer(client, response, answer=1, **{**late, "seen": kept["X-Seen"]})
    assert Response.objects.get(pk=response.pk).answer == {"models.py": "b = 2\n"}
    said = answer(client, response, keep=1, **late)
    assert said.text == "Not kept. Your first answer stands."


def test_a_text_that_is_too_long_is_not_said_to_be_kept(client, cards):
    begin(client, kinds=["fix"])
    said = answer(client, Response.objects.first(), keep=1, **{"file:models.py": "#" * 70_000})
    assert said.text == "Not kept. models.py is over 64 KiB."


@pytest.fixture
def stopped():
    """Press a stop button, again and again, until the test has its answer."""
    run_id, done = uuid.uuid4().hex, threading.Event()

    def press():
        while not done.wait(0.2):
            runs.stop(run_id)

    presser = threading.Thread(target=press)
    presser.start()
    yield run_id
    done.set()
    presser.join()


@pytest.mark.parametrize("button", ["run", "answer"])
def test_a_fix_that_is_stopped_is_kept_and_not_graded(client, cards, stopped, button):
    begin(client, kinds=["fix"])
    response = Response.objects.first()
    text = "import time\ntime.sleep(4)\n# typed\n"
    sent = {"file:models.py": text, button: "1", "run_id": stopped}
    page = answer(client, response, **sent).text
    assert "Stopped. Nothing is graded" in page and "# typed" in page
    response.refresh_from_db()
    assert response.answered_at is None and response.work == {"files": {"models.py": text}}
    assert not Fix.objects.exists()


def test_an_order_that_is_stopped_is_kept_and_not_graded(client, stopped):
    factories.card()
    begin(client, kinds=["order"])
    response = Response.objects.first()
    lines = response.ask["lines"]
    order = [lines.index(line) for line in reversed(response.key["lines"])]
    response.key["program"]["job"]["files"]["__init__.py"] = "import time\ntime.sleep(4)\n"
    response.save()
    sent = {"order": ",".join(map(str, order)), "answer": "1", "run_id": stopped}
    assert "Stopped. Nothing is graded" in answer(client, response, **sent).text
    response.refresh_from_db()
    assert response.answered_at is None and response.work == {"order": order}


def test_a_row_says_which_letter_was_which(client, cards):
    begin(client, kinds=["row"])
    response = Response.objects.first()
    answer(client, response, **{f"emails_{n}": 9 for n in range(4)})
    page = client.get(response.get_absolute_url()).text
    titles = [escape(cell["title"]) for cell in response.key["row"]]
    assert f"<b>A</b> {titles[0]}" in page and f"<b>B</b> {titles[1]}" in page


def test_the_answer_to_which_version_is_which_shows_their_code(client, cards):
    begin(client, kinds=["which"])
    response = Attempt.objects.get().responses.first()
    page = client.get(response.get_absolute_url()).text
    assert "What it changes in the card’s code" not in page and "<figure" not in page
    given = {f"which_{n}": place for n, place in enumerate(response.key["which"])}
    answer(client, response, **given)
    page = client.get(response.get_absolute_url()).text
    own = sum(not each["changes"] for each in response.key["code"])
    assert page.count("What it changes in the card’s code") == len(given) - own
    assert page.count("All of its code") == len(given) - own


def test_an_answer_from_before_there_was_code_is_shown_without_it(client, cards):
    begin(client, kinds=["which"])
    response = Attempt.objects.get().responses.first()
    del response.key["code"]
    response.save()
    answer(client, response, **{f"which_{n}": k for n, k in enumerate(response.key["which"])})
    page = client.get(response.get_absolute_url()).text
    assert "Each one is right." in page and "The card’s code" not in page


def test_fixes_to_choose_from_are_told_with_what_they_hold(client, cards):
    begin(client, kinds=["choose"])
    response = Attempt.objects.get().responses.first()
    page = client.get(response.get_absolute_url()).text
    assert page.count("All of its code") == len(response.ask["options"])
    assert "holds in" not in page.partition("</h2>")[2] and "your choice" not in page
    wrong = next(n for n in range(9) if n not in response.key["right"])
    answer(client, response, option=wrong)
    page = client.get(response.get_absolute_url()).text
    assert page.count('class="way"') == len(response.ask["options"])
    assert page.count("holds in") > len(response.ask["options"]) and "your choice" in page


def test_long_changes_to_choose_from_stand_open_one_at_a_time(client, cards, monkeypatch):
    begin(client, kinds=["choose"])
    url = Attempt.objects.get().responses.first().get_absolute_url()
    opened = r'<details class="way"[^>]* open>'
    page = client.get(url).text
    assert len(re.findall(opened, page)) == page.count('class="way"') > 1
    monkeypatch.setattr(learning, "OPEN", 1)
    page = client.get(url).text
    assert len(re.findall(opened, page)) == 1
    assert page.count('name="change"') == page.count('class="way"')


def test_a_result_links_no_card_that_was_retired(client, sitting):
    url = reverse("tutor:result", args=[sitting.pk])
    first, second, _ = sitting.responses.all()
    Card.objects.filter(pk=first.card_id).update(status="retired")
    page = client.get(url).content.decode()
    assert f'href="{first.card.get_absolute_url()}"' not in page and "card retired" in page
    assert f'href="{second.card.get_absolute_url()}"' in page
