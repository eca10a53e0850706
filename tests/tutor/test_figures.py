"""Figures, against the same computed by the statistics module from the answers themselves."""

import csv
import io
import random
import statistics
from datetime import timedelta
from math import atanh, sqrt, tanh

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from tests.tutor import factories
from tutor import analytics, group_figures, predicted
from tutor.card_sheet import Sheet
from tutor.models import Attempt, Learner, LearnerGroup, Quiz, Response, Visit
from tutor.past import Past

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def answer(attempt, card, correct, **fields):
    seconds = fields.pop("seconds", 30)
    return Response.objects.create(
        attempt=attempt, position=attempt.responses.count() + 1, kind="number", card=card,
        digest=fields.pop("digest", "now"), ask={}, key={}, correct=correct,
        points=float(correct), asked_at=NOW, answered_at=NOW + timedelta(seconds=seconds), **fields,
    )  # fmt: skip


def sitting():
    learner = Learner.objects.create()
    return Attempt.objects.create(
        learner=learner, quiz=Quiz.objects.create(learner=learner), seed=1
    )


@pytest.fixture
def cards():
    return [factories.card(number) for number in (1, 2, 3, 4)]


@pytest.fixture
def world(cards):
    """Return made-up answers of 40 learners as [(learner, card number, correct, sure, seconds)]."""
    rng, rows = random.Random(11), []
    for place in range(40):
        attempt, able = sitting(), rng.random()
        for card in cards:
            if rng.random() < 0.1:
                continue
            sure, seconds = rng.choice(["guess", "think", "sure"]), rng.randrange(5, 300)
            correct = rng.random() < 0.2 + 0.7 * able
            answer(attempt, card, correct, sure=sure, seconds=seconds)
            rows.append((place, card.number, correct, sure, seconds))
    return rows


def test_totals_are_those_of_the_answers(cards, world):
    mine = [row for row in world if row[1] == 2]
    found = analytics.totals(analytics.answers().filter(card=cards[1]))
    assert found["answers"] == len(mine) == found["learners"]
    assert found["facility"] == pytest.approx(statistics.mean(row[2] for row in mine))
    assert found["sure_wrong"] == sum(row[3] == "sure" and not row[2] for row in mine)


def test_the_time_is_the_median(cards, world):
    for number, card in enumerate(cards, 1):
        found = analytics.median_time(analytics.answers().filter(card=card))
        wanted = statistics.median(row[4] for row in world if row[1] == number)
        assert found.total_seconds() == pytest.approx(wanted)


def test_discrimination_is_the_item_rest_correlation(cards, world):
    for number, card in enumerate(cards, 1):
        pairs = []
        for learner in range(40):
            mine = {row[1]: float(row[2]) for row in world if row[0] == learner}
            if number in mine and len(mine) > 1:
                item = mine.pop(number)
                pairs.append((item, statistics.mean(mine.values())))
        r = statistics.correlation(*zip(*pairs, strict=True))
        half = statistics.NormalDist().inv_cdf(0.975) / sqrt(len(pairs) - 3)
        found = analytics.discrimination(card, "now")
        assert found.learners == len(pairs) and found.r == pytest.approx(r)
        assert found.low == pytest.approx(tanh(atanh(r) - half), abs=1e-6)
        assert found.high == pytest.approx(tanh(atanh(r) + half), abs=1e-6)


def test_only_the_first_answer_of_a_learner_counts(cards, world):
    before = analytics.discrimination(cards[0], "now")
    for attempt in Attempt.objects.filter(responses__card=cards[0]):
        answer(attempt, cards[0], False)
    after = analytics.discrimination(cards[0], "now")
    assert (after.r, after.learners) == (before.r, before.learners) and before.r


def test_two_revisions_are_never_mixed(cards, world):
    before = analytics.totals(analytics.answers().filter(card=cards[0], digest="now"))
    for _ in range(5):
        answer(sitting(), cards[0], True, digest="later")
    rows = {row["digest"]: row for row in analytics.by_card() if row["card"] == cards[0].pk}
    assert rows["now"]["answers"] == before["answers"] and rows["later"]["answers"] == 5
    assert rows["now"]["facility"] == pytest.approx(before["facility"])


def test_nothing_is_said_where_nothing_can_be(cards):
    empty = analytics.discrimination(cards[0], "now")
    assert (empty.r, empty.low, empty.learners, empty.few) == (None, None, 0, True)
    assert analytics.totals(analytics.answers())["facility"] is None
    assert analytics.median_time(analytics.answers()) is None


def test_predictions_of_the_card_page(cards):
    said = [(1, "sure", False), (0, "sure", False), (1, "think", True), (3, "sure", True)]
    for emails, sure, more in said:
        kept = {"create": {"emails": emails, "sure": sure, "more": more}}
        Visit.objects.create(learner=Learner.objects.create(), card=cards[0], predictions=kept)
    Visit.objects.create(learner=Learner.objects.create(), card=cards[0])
    (found,) = predicted.on_page(Past(cards[0].data()), Visit.objects.filter(card=cards[0]))
    assert (found.name, found.emails, found.people) == ("create", 1, 4)
    assert (found.right, found.sure_wrong) == (2, 2)
    assert [bin.counts[0] for bin in found.histogram.bins] == [1, 2, 0, 1]


def test_ideas_count_those_who_wrote_something(cards):
    for ticked, words in (([0], "a"), ([0, 1], "b"), ([], "c"), ([1], "")):
        Visit.objects.create(
            learner=Learner.objects.create(), card=cards[0], ideas=ticked, words=words,
            explained=True,
        )  # fmt: skip
    for ticked in ([1], [0, 1], None):
        words = {"says": []} | ({} if ticked is None else {"ideas": ticked})
        answer(sitting(), cards[0], True, measured=words)
    Response.objects.update(kind="explain", correct=None)
    found = analytics.ideas(cards[0].ideas, Visit.objects.all(), analytics.explained())
    assert [row[1:] for row in found] == [(3, 2), (3, 2)]


def test_grades_stand_against_what_was_measured(cards):
    attempt = sitting()
    for correct, grade in ((True, 3), (False, 4), (False, 4), (False, None)):
        answer(attempt, cards[0], correct, grade=grade)
    assert [row for _, row in analytics.grades(analytics.answers())] == [[0, 0, 1, 0], [0, 0, 0, 2]]


def test_grades_are_drawn_beside_each_other(cards):
    digest = cards[0].data().digest
    for correct, grade in ((True, 3), (False, 4), (False, 4), (True, 4)):
        answer(sitting(), cards[0], correct, grade=grade, digest=digest)
    drawn = Sheet(cards[0], digest).grade_picture
    assert [(each.name, each.people) for each in drawn.series] == [
        ("measured not right", 2), ("measured right", 2),
    ]  # fmt: skip
    assert [(bin.word, bin.counts) for bin in drawn.bins] == [
        ("1 Again", [0, 0]), ("2 Hard", [0, 0]), ("3 Good", [0, 1]), ("4 Easy", [2, 1]),
    ]  # fmt: skip


@pytest.fixture
def group(teacher):
    return LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")


def test_a_group_shows_who_is_stuck_and_what_to_discuss(teacher, group, cards):
    bad, good, new = sitting(), sitting(), sitting()
    for attempt, name in ((bad, "=Bad"), (good, "Good"), (new, "New")):
        member = group.memberships.create(learner=attempt.learner, name=name)
        group.memberships.filter(pk=member.pk).update(joined_at=NOW)
    for card in cards:
        answer(bad, card, False, sure="sure" if card is cards[2] else "think")
        answer(good, card, True, sure="sure")
    answer(sitting(), cards[1], False, sure="sure")  # somebody else's
    answer(good, cards[1], False, sure="sure", seconds=-60)  # before joining
    found = group_figures.members(group)
    assert [(each.name, each.right, each.answers, each.stuck) for each in found] == [
        ("=Bad", 0, 4, True), ("Good", 4, 4, False), ("New", 0, 0, False),
    ]  # fmt: skip
    assert group_figures.to_discuss(group)[0]["card"] == cards[2].pk
    points = {p.name: (p.right, p.of) for p in group_figures.calibration(group).points}
    assert points == {"guess": (0, 0), "think": (0, 3), "sure": (4, 5)}
    page = teacher.get(reverse("tutor:group_figure", args=[group.pk])).content.decode()
    assert "8 answers in quizzes, 50% right, 1 sure and wrong." in page
    sheet = reverse("tutor:card_figure", args=[cards[2].slug])
    back = f'<a href="{reverse("tutor:group_figure", args=[group.pk])}">What Evening class did</a>'
    assert back in teacher.get(sheet, {"group": group.pk}).text
    assert back not in teacher.get(sheet).text
    text = teacher.get(reverse("tutor:group_figure_csv", args=[group.pk])).content.decode()
    name, key, *rest = list(csv.reader(io.StringIO(text)))[1]
    assert (name, rest) == ("'=Bad", ["4", "0", "1", "stuck"]) and len(key) == 10


def test_the_pages_say_what_was_added_up(teacher, group, cards, world):
    listed = teacher.get(reverse("tutor:card_figures")).content.decode()
    assert listed.count('<th scope="row">') == 4
    url = reverse("tutor:card_figure", args=[cards[0].slug])
    page = teacher.get(url, {"revision": "now"}).content.decode()
    found = analytics.discrimination(cards[0], "now")
    assert f">{found.r:.2f}</td>" in page and f"{found.learners} learners" in page
    few = teacher.get(url, {"revision": "now", "group": group.pk}).content.decode()
    assert "Fewer than 30 learners" in few
    rows = csv.DictReader(
        io.StringIO(teacher.get(reverse("tutor:card_figures_csv")).content.decode("utf-8-sig"))
    )
    assert {row["card"]: float(row["discrimination"]) for row in rows}[cards[0].slug] == found.r


def test_figures_of_a_group_of_another_are_not_found(teacher, cards):
    other = LearnerGroup.objects.create(owner=User.objects.create_user("b"), name="b")
    for asked in (str(other.pk), "x", "9" * 30):
        for name in ("card_figures", "card_figures_csv"):
            assert teacher.get(reverse(f"tutor:{name}"), {"group": asked}).status_code == 404


def test_one_answer_is_one(teacher, group, cards):
    one = sitting()
    group.memberships.create(learner=one.learner, name="Ada")
    group.memberships.update(joined_at=NOW)
    answer(one, cards[0], True)
    page = teacher.get(reverse("tutor:group_figure", args=[group.pk])).text
    assert "1 answer in quizzes, 100% right" in page
