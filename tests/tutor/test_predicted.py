"""Predictions, ideas and a group's figures against counts of the made-up data itself."""

import csv
import io
import random
from collections import Counter, defaultdict
from datetime import timedelta
from statistics import mean

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from tests.tutor import factories
from tutor import classroom, group_figures
from tutor.card_sheet import Sheet, overview
from tutor.kinds import number
from tutor.models import Attempt, Learner, LearnerGroup, Quiz, Visit

pytestmark = pytest.mark.django_db
SURE = ("guess", "think", "sure")


@pytest.fixture
def card():
    """Return a card with two revisions; in the first one the case "create" sent nothing."""
    made = factories.card()
    claim = made.versions.get(name="buggy").claims.filter(case__name="create")
    claim.update(emails=0)
    made.seal()
    claim.update(emails=1)
    made.ideas = ["Only one idea now"]
    made.save()
    made.seal()
    return made


@pytest.fixture
def digests(card):
    return list(card.revisions.order_by("pk").values_list("digest", flat=True))


def found(card, digest, place):
    """Return {case or title: Predicted} of one place."""
    places = {where: rows for where, _, _, rows in Sheet(card, digest).predictions}
    return {each.name: each for each in places.get(place, [])}


def counted(each, series=0):
    return {n: people for n, people in each.histogram.series[series].counts.items() if people}


def test_predictions_on_the_page_by_revision(card, digests):
    rng, said = random.Random(3), defaultdict(list)
    for _ in range(80):
        digest, kept = rng.choice(digests), {}
        for case in factories.CASES:
            if rng.random() < 0.3:
                continue
            row = (rng.randrange(3), rng.choice(SURE), rng.random() < 0.2)
            kept[case] = dict(zip(("emails", "sure", "more"), row, strict=True))
            said[digest, case].append(row)
        Visit.objects.create(
            learner=Learner.objects.create(), card=card, digest=digest, predictions=kept
        )
    truth = {(digests[0], "create"): 0}
    for digest in digests:
        rows = found(card, digest, "on the card’s page")
        assert rows.keys() == set(factories.CASES)
        for case, each in rows.items():
            mine, emails = said[digest, case], truth.get((digest, case), 1)
            right = [said == emails or (more and said <= emails) for said, _, more in mine]
            sure = [how == "sure" for _, how, _ in mine]
            assert each.emails == emails and each.people == len(mine)
            assert counted(each) == Counter(said for said, _, _ in mine)
            assert each.right == sum(right)
            assert each.sure_wrong == sum(s and not r for s, r in zip(sure, right, strict=True))


def answer(card, digest, version, case, said, sure="sure", skipped=False):
    learner = Learner.objects.create()
    quiz = Quiz.objects.create(learner=learner)
    emails = factories.CLAIMS[version][case]
    return Attempt.objects.create(learner=learner, quiz=quiz, seed=1).responses.create(
        position=1, kind=number.NAME, card=card, case=case, digest=digest, ask={},
        key={"version": version, "emails": emails}, answer=None if skipped else said, sure=sure,
        correct=said == emails and not skipped, skipped=skipped, asked_at=timezone.now(),
        answered_at=timezone.now(),
    )  # fmt: skip


def test_predictions_in_quizzes_by_revision_version_and_case(card, digests):
    rng, said = random.Random(4), defaultdict(list)
    for _ in range(120):
        at = (rng.choice(digests), rng.choice(["buggy", "if_created"]),
              rng.choice(list(factories.CASES)))  # fmt: skip
        row = (rng.randrange(12), rng.choice(SURE), rng.random() < 0.1)
        answer(card, *at, *row)
        if not row[2]:
            said[at].append(row)
    for digest in digests:
        rows = found(card, digest, "in quizzes")
        for (of, version, case), mine in said.items():
            if of != digest:
                continue
            each, emails = rows.pop(f"quiz-{version}-{case}"), factories.CLAIMS[version][case]
            assert counted(each) == Counter(said for said, _, _ in mine)
            assert each.people == len(mine)
            assert each.right == sum(s == emails for s, _, _ in mine)
            assert each.sure_wrong == sum(s != emails and how == "sure" for s, how, _ in mine)
        assert not rows


def test_predictions_in_class_by_round(card, digests, teacher):
    group = LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")
    other = LearnerGroup.objects.create(owner=User.objects.get(), name="Morning class")
    case, said = card.cases.get(name="create"), {1: [], 2: []}
    for room in (group, other):
        live = classroom.open_case(room, case)
        for learner in [Learner.objects.create() for _ in range(9)]:
            for nth in (1, 2):
                emails = (learner.pk.int + nth) % 4
                live.answers.create(learner=learner, round=nth, emails=emails, sure="sure")
                said[nth] += [emails] * (room is group)
    assert found(card, digests[0], "in class") == {}
    (each,) = Sheet(card, digests[1], group).predictions[0][3]
    assert [counted(each, nth) for nth in (0, 1)] == [Counter(said[1]), Counter(said[2])]
    (both,) = found(card, digests[1], "in class").values()
    assert sum(counted(both).values()) == 18


def test_ideas_are_those_of_the_revision(card, digests):
    rng, rows = random.Random(6), defaultdict(list)
    for _ in range(40):
        digest = rng.choice(digests)
        ticked = [n for n in range(2 if digest == digests[0] else 1) if rng.random() < 0.5]
        Visit.objects.create(
            learner=Learner.objects.create(), card=card, digest=digest, ideas=ticked,
            words="mine", explained=True,
        )  # fmt: skip
        rows[digest].append(ticked)
    for digest, many in zip(digests, (2, 1), strict=True):
        shown = Sheet(card, digest).ideas
        assert len(shown) == many
        for n, (_, have, lack) in enumerate(shown):
            assert (have, lack) == (
                sum(n in ticked for ticked in rows[digest]),
                sum(n not in ticked for ticked in rows[digest]),
            )


def test_every_figure_is_in_the_csv_of_its_revision(card, digests, teacher):
    for digest, said in zip(digests, (0, 1), strict=True):
        answer(card, digest, "buggy", "create", said)
    url = reverse("tutor:card_figure_csv", args=[card.slug])
    for digest, said in zip(digests, (0, 1), strict=True):
        text = teacher.get(url, {"revision": digest}).content.decode()
        rows = {
            (row["figure"], row["of"]): row["value"] for row in csv.DictReader(io.StringIO(text))
        }
        assert rows["attempts", ""] == "1" and float(rows["facility", ""]) == said
        assert rows["sure, and wrong", ""] == str(1 - said)
        assert rows["predicted in quizzes, said", f"A new profile: {said}"] == "1"


def test_the_overview_has_a_row_for_every_revision_with_anything(card, digests):
    answer(card, digests[0], "buggy", "create", 1)
    for digest, given in zip(digests, ({}, {"create": {"emails": 1, "sure": "sure"}}), strict=True):
        who = Learner.objects.create()
        Visit.objects.create(learner=who, card=card, digest=digest, predictions=given)
    rows = {row["digest"]: row for row in overview()}
    assert [(rows[each]["answers"], rows[each]["predicted"]) for each in digests] == [
        (1, 0), (0, 1),
    ]  # fmt: skip
    assert rows[digests[1]]["facility"] is None


def test_a_group_against_its_own_answers(card, digests, teacher):
    """Who is stuck, what to discuss and calibration, for 20 learners of made-up ability."""
    rng, rows = random.Random(8), []
    group = LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")
    cards = [card, *(factories.card(number) for number in (5, 6, 7))]
    for place in range(20):
        able = rng.random()
        for each in cards:
            made = answer(each, each.digest or "now", "buggy", "create", 1, rng.choice(SURE))
            made.correct = rng.random() < able
            made.save()
            if each is card:
                learner = made.attempt.learner
                group.memberships.create(learner=learner, name=f"{place:02}")
                group.memberships.update(joined_at=timezone.now() - timedelta(days=1))
            made.attempt.learner = learner
            made.attempt.save()
            rows.append((f"{place:02}", each.number, made.correct, made.sure))
    for member in group_figures.members(group):
        mine = [row for row in rows if row[0] == member.name]
        sure_wrong = sum(not right and sure == "sure" for *_, right, sure in mine)
        assert (member.answers, member.right) == (4, sum(row[2] for row in mine))
        assert member.sure_wrong == sure_wrong
        assert member.stuck == (mean(row[2] for row in mine) < 0.5 or sure_wrong >= 3)
    of_card = {n: [row for row in rows if row[1] == n] for n in (4, 5, 6, 7)}
    order = sorted(
        of_card,
        key=lambda n: (
            -sum(not row[2] and row[3] == "sure" for row in of_card[n]),
            mean(row[2] for row in of_card[n]),
        ),
    )
    assert [row["card__number"] for row in group_figures.to_discuss(group)] == order
    for point in group_figures.calibration(group).points:
        mine = [right for *_, right, sure in rows if sure == point.name]
        assert (point.right, point.of) == (sum(mine), len(mine))


def test_a_group_before_and_after_talking(card, teacher):
    group = LearnerGroup.objects.create(owner=User.objects.get(), name="Evening class")
    said = {}
    for case in ("create", "one_update"):
        live = classroom.open_case(group, card.cases.get(name=case))
        rounds = said[live.pk] = {1: [0, 1, 1, 2], 2: [1, 1, 1]} if case == "create" else {1: [0]}
        for nth, numbers in rounds.items():
            for emails in numbers:
                who = Learner.objects.create()
                live.answers.create(learner=who, round=nth, emails=emails)
        live.stage = live.Stage.TOLD
        live.save()
    classroom.open_case(group, card.cases.get(name="create"))  # nothing is told of it
    rows = {each["live"].pk: each for each in group_figures.in_class(group)}
    assert rows.keys() == said.keys()
    for pk, rounds in said.items():
        first, second = rounds[1], rounds.get(2, [])
        row = rows[pk]
        assert (row["first"], row["first_right"]) == (len(first), first.count(1))
        assert (row["second"], row["second_right"]) == (len(second), second.count(1))
    page = teacher.get(reverse("tutor:group_figure", args=[group.pk])).content.decode()
    assert "2 of 4 right" in page and "3 of 3 right" in page
