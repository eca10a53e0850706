"""Progress, and a learner's data: to read, to take away, to delete."""

import csv
import io
import itertools
import re
import uuid

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from questions.models import Claim, Topic
from tests.tutor import factories
from tutor import schedule, score
from tutor.models import Attempt, Learner, Visit

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"tutor:{name}", args=args)


@pytest.fixture
def cards():
    return [factories.card(n, topics=["Signal Handling"]) for n in (1, 2)] + [
        factories.card(3, topics=["Data Integrity"])
    ]


@pytest.fixture
def who(client, cards):
    """Return a learner with one answered question and one visit."""
    client.post(url("quizzes"), {"length": 3, "token": uuid.uuid4(), "kinds": ["number"]})
    response = Attempt.objects.get().responses.get(card=cards[0])
    client.post(response.get_absolute_url(), {"emails": 9, "sure": "sure"})
    client.post(url("question_grade", response.attempt_id, response.position), {"grade": 1})
    learner = Learner.objects.get()
    Visit.objects.create(learner=learner, card=cards[2], words="=1+1", draft={"a.py": "x"})
    return learner


def test_it_works(client, who):
    page = client.get(url("progress")).content.decode()
    assert "1 of 2 cards rated" in page and "0 of 1 card rated" in page
    assert "A card counts in each of its topics." in page and "0 of 1</text>" in page


def test_a_stranger_is_told_how_to_begin(client, cards):
    page = client.get(url("progress")).content.decode()
    assert "Nothing is kept of you yet" in page and "0 of 2" in page
    assert not Learner.objects.exists()


def test_what_is_due_is_counted_by_topic(client, who):
    log = who.review_logs.get()
    log.rated_at = timezone.now() - timezone.timedelta(days=2)
    log.save()
    schedule.rebuild(who, log.card)
    page = client.get(url("progress")).content.decode()
    assert "1 of 2 cards rated, 1 due" in page and "1 card is due" in page


def test_the_days_are_counted_without_reproach(client, who):
    page = client.get(url("progress")).content.decode()
    assert "1 of the last 14 days" in page and "lost" not in page.lower().replace("is lost", "")


def test_all_data_can_be_taken_away(client, who):
    data = client.get(url("data_json")).json()
    assert data["visits"][0]["words"] == "=1+1" and data["visits"][0]["draft"] == {"a.py": "x"}
    answered = [r for r in data["quizzes"][0]["responses"] if r["answered_at"]]
    assert answered[0]["answer"] == 9 and len(data["ratings"]) == len(data["reviews"]) == 1


def test_the_playground_and_the_account_are_in_all_data_and_go_with_it(client, who):
    user = User.objects.create_user("ann", "ann@example.com")
    client.force_login(user)
    client.post(reverse("questions:playground_draft"), {"file:models.py": "mine = 1"})
    data = client.get(url("data_json")).json()
    assert data["playground"]["draft"]["files"] == {"models.py": "mine = 1"}
    assert (data["account"]["name"], data["account"]["email"]) == ("ann", "ann@example.com")
    assert user.password not in str(data)
    client.post(url("data_delete"), {"sure": "1"})
    assert "mine = 1" not in client.get(reverse("questions:playground")).text


def test_the_data_of_a_guest_has_no_account(client, who):
    data = client.get(url("data_json")).json()
    assert data["account"] is None and data["playground"] is None


def test_the_answers_come_as_csv_once_each(client, who):
    rows = list(
        csv.DictReader(io.StringIO(client.get(url("data_csv")).content.decode("utf-8-sig")))
    )
    assert [(row["answer"], row["sure"], row["correct"]) for row in rows] == [
        ("9", "sure", "False")
    ]


def exported(client):
    text = client.get(url("data_csv")).content.decode("utf-8-sig")
    return [row for row in csv.DictReader(io.StringIO(text)) if row["where"] == "card"]


@pytest.mark.parametrize(
    ("said", "answer", "correct"),
    [
        ({"emails": 1, "sure": "", "more": False}, "1", "True"),
        ({"emails": 3, "sure": "", "more": False}, "3", "False"),
        ({"emails": 1, "sure": "guess", "more": True}, "1+", "True"),
    ],
)
def test_predictions_that_were_not_rated_are_among_the_answers(client, who, said, answer, correct):
    who.visits.update(predictions={"create": said}, ran=True)
    rows = exported(client)
    assert [(row["case"], row["answer"], row["correct"]) for row in rows] == [
        ("create", answer, correct)
    ]


def test_a_prediction_that_was_not_run_is_exported_without_its_result(client, who):
    who.visits.update(predictions={"create": {"emails": 3, "sure": "", "more": False}})
    assert [row["correct"] for row in exported(client)] == [""]


def predicted(who, card, **said):
    """Have the learner predict cases of a card: "1 sure" is a number and how sure."""
    split = {case: text.split(" ") for case, text in said.items()}
    who.visits.filter(card=card).delete()
    who.visits.create(
        card=card,
        ran=True,
        digest=card.data().digest,
        predictions={
            case: {"emails": int(number), "sure": sure, "more": False}
            for case, (number, sure) in split.items()
        },
    )


def share_of(client, word):
    page = client.get(url("progress")).content.decode()
    return re.search(rf'<th scope="row">{word}</th><td>([^<]*)</td>', page)[1]


def sent(card, case):
    return Claim.objects.get(version__card=card, version__name="buggy", case__name=case).emails


def test_every_prediction_of_a_card_counts_by_how_sure_it_was(client, who, cards):
    right, wrong = sent(cards[2], "create"), sent(cards[2], "one_update") + 1
    predicted(who, cards[2], create=f"{right} guess", one_update=f"{wrong} sure")
    assert share_of(client, "guess") == "1 of 1"  # before it is rated, too
    assert share_of(client, "sure") == "0 of 2"  # the other one is the quiz's
    schedule.rate_visit(who.visits.get(), 2)
    assert (share_of(client, "guess"), share_of(client, "sure")) == ("1 of 1", "0 of 2")


def test_a_prediction_counts_when_its_result_was_told(client, who, cards):
    predicted(who, cards[2], create="1 guess")
    who.visits.update(ran=False)
    assert share_of(client, "guess") == "–"


def test_the_rating_of_a_card_is_the_grade_of_all_that_was_predicted_there(client, who, cards):
    predicted(who, cards[2], create="1 guess", one_update="9 sure")
    assert [row["grade"] for row in exported(client)] == ["", ""]
    schedule.rate_visit(who.visits.get(), 2)
    found = {row["case"]: (row["answer"], row["grade"]) for row in exported(client)}
    assert found == {"create": ("1", "2"), "one_update": ("9", "2")}


def test_that_many_or_more_is_right_when_it_is_rated(client, who, cards):
    said = {"create": {"emails": 1, "sure": "", "more": True}}
    Visit.objects.filter(learner=who).update(predictions=said, ran=True)
    claims = Claim.objects.filter(version__card=cards[2], version__name="buggy")
    claims.filter(case__name="create").update(emails=2)
    schedule.rate_visit(who.visits.get(), 3)
    assert [row["correct"] for row in exported(client)] == ["True"]


def test_a_cell_is_never_a_formula(client, who):
    response = Attempt.objects.get().responses.filter(answered_at=None).first()
    response.answer, response.answered_at = "=HYPERLINK(1)", timezone.now()
    response.save()
    assert "'=HYPERLINK(1)" in client.get(url("data_csv")).content.decode()


def test_data_is_deleted_when_it_is_confirmed(client, who):
    client.post(url("data_delete"))
    assert Learner.objects.exists()
    client.post(url("data_delete"), {"sure": "1"})
    assert not Learner.objects.exists() and not Attempt.objects.exists()
    assert "Nothing is kept" in client.get(url("progress")).content.decode()


def test_another_learner_gets_nothing_of_it(who):
    other = Client()
    assert other.get(url("data_json")).status_code == 404
    assert other.get(url("data_csv")).status_code == 404
    other.post(url("data_delete"), {"sure": "1"})
    assert Learner.objects.exists()


def test_topics_stand_in_their_order(client, cards):
    factories.card(20, topics=["A later topic"])
    Topic.objects.filter(name="A later topic").update(order=9)
    page = client.get(url("progress")).content.decode()
    assert page.index("Signal Handling") < page.index("A later topic")


SHARES = list(itertools.product([(0, 4), (1, 4), (1, 3), (2, 4), (4, 4)], repeat=3))


@pytest.mark.parametrize("shares", SHARES)
def test_no_line_of_the_curve_runs_through_its_words(shares):
    answers = [
        (word, n < right)
        for word, (right, of) in zip(score.Sure.values, shares, strict=True)
        for n in range(of)
    ]
    drawn = score.curve_of(answers).drawn
    for point in drawn:
        (x, y), half = point.label, 20  # half of "1 of 4", and a little air
        assert 0 < y < 256 and 52 < x < 402
        for a, b in itertools.pairwise(drawn):
            crossed = [
                n
                for n in range(a.x, b.x + 1)
                if abs(n - x) < half and 0 < y - (a.y + (b.y - a.y) * (n - a.x) / (b.x - a.x)) < 10
            ]
            assert not crossed, point
