"""Problems with a card: told by learners, answered by instructors, seen by nobody else."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from tests.tutor import factories
from tutor.models import Learner, Problem

pytestmark = pytest.mark.django_db
TOLD = "It sends <b>two</b> here."


def instructor(name, group="Instructors"):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def teacher():
    return instructor("teacher")


@pytest.fixture
def told(teacher, client):
    card = factories.card(author=User.objects.get(username="teacher"))
    client.post(reverse("tutor:problem", args=[card.slug]), {"words": TOLD})
    return Problem.objects.get()


def answer(client, told, words="It does, see case 2."):
    return client.post(reverse("tutor:problem_answer", args=[told.pk]), {"answer": words})


def test_it_works(teacher, client, told):
    page = teacher.get(reverse("tutor:problems")).content.decode()
    assert "It sends &lt;b&gt;two&lt;/b&gt; here." in page
    answer(teacher, told)
    mine = client.get(reverse("tutor:problem", args=[told.card.slug])).content.decode()
    assert "It does, see case 2." in mine and "not answered yet" not in mine


def test_both_sides_see_that_something_waits(teacher, client, told):
    assert "(1 open)" in teacher.get(reverse("tutor:groups")).content.decode()
    assert "not answered yet" in client.get(reverse("tutor:progress")).content.decode()
    answer(teacher, told)
    assert "open)" not in teacher.get(reverse("tutor:groups")).content.decode()
    progress = client.get(reverse("tutor:progress")).content.decode()
    assert "answered" in progress and "not answered" not in progress


def test_the_card_says_that_a_problem_was_answered(teacher, client, told):
    page = told.card.get_absolute_url()
    assert "Problem with this card?</a>" in client.get(page).content.decode()
    answer(teacher, told)
    shown = client.get(page).content.decode()
    there = f'href="{reverse("tutor:problem", args=[told.card.slug])}#told">Read the answer</a>'
    assert there in shown and shown.index(there) < shown.index("Problem with this card?</a>")
    assert "Read the answer" not in Client().get(page).content.decode()
    other = factories.card(5)
    assert "Read the answer" not in client.get(other.get_absolute_url()).content.decode()


def test_the_note_goes_once_the_answer_was_read(teacher, client, told):
    page, there = told.card.get_absolute_url(), reverse("tutor:problem", args=[told.card.slug])
    client.get(there)  # there is nothing to read yet
    answer(teacher, told)
    client.head(there)
    Client().get(there)  # somebody else
    assert "Read the answer" in client.get(page).text
    assert "new answer" in client.get(reverse("tutor:progress")).text
    assert "It does, see case 2." in client.get(there).text
    assert "Read the answer" not in client.get(page).text
    assert "new answer" not in client.get(reverse("tutor:progress")).text
    assert "It does, see case 2." in client.get(there).text
    assert "It does, see case 2." in teacher.get(reverse("tutor:problems")).text
    answer(teacher, told, "No: it does not.")  # which is news
    assert "Read the answer" in client.get(page).text


def test_an_answer_is_markdown_cleaned_and_can_be_corrected(teacher, client, told):
    answer(teacher, told, "Run `save()` *once*.\n\n<script>x</script>")
    there = reverse("tutor:problem", args=[told.card.slug])
    for page in (client.get(there), teacher.get(reverse("tutor:problems"))):
        page = page.content.decode()
        assert "Run <code>save()</code> <em>once</em>." in page and "<script>x" not in page
    kept = teacher.get(reverse("tutor:problems")).content.decode()
    assert "Correct the answer" in kept and ">Run `save()` *once*.\n" in kept
    answer(teacher, told, "Run it **twice**.")
    page = client.get(there).content.decode()
    assert "<strong>twice</strong>" in page and "once" not in page


def test_the_head_of_a_published_card_leads_its_editors_to_the_admin(teacher, client, told):
    page, edit = told.card.get_absolute_url(), f"/admin/questions/card/{told.card.pk}/change/"
    assert f'href="{edit}">Edit</a>' in teacher.get(page).content.decode()
    assert edit in instructor("edda", "Editors").get(page).content.decode()
    assert edit not in instructor("ivo").get(page).content.decode()
    assert edit not in client.get(page).content.decode()


def test_the_card_has_the_link(client, told):
    url = reverse("tutor:problem", args=[told.card.slug])
    assert f'href="{url}"' in client.get(told.card.get_absolute_url()).content.decode()


def test_others_see_and_answer_nothing(told):
    for other, refused in ((Client(), 302), (instructor("other"), 404)):
        page = other.get(reverse("tutor:problem", args=[told.card.slug])).content.decode()
        assert "It sends" not in page
        assert "It sends" not in other.get(reverse("tutor:problems")).content.decode()
        assert answer(other, told).status_code == refused
        told.refresh_from_db()
        assert told.answered_at is None
    assert answer(instructor("editor", "Editors"), told).status_code == 302


def test_nothing_said_is_nothing_kept(teacher, client, told):
    client.post(reverse("tutor:problem", args=[told.card.slug]), {"words": "  "})
    assert Problem.objects.count() == 1
    answer(teacher, told, " ")
    told.refresh_from_db()
    assert told.answered_at is None


def test_reading_makes_no_learner_and_drafts_have_no_page(told):
    Client().get(reverse("tutor:problem", args=[told.card.slug]))
    assert Learner.objects.count() == 1
    draft = factories.card(9, status="draft")
    assert Client().get(reverse("tutor:problem", args=[draft.slug])).status_code == 404


def test_the_answer_outlives_the_card(teacher, client, told):
    answer(teacher, told)
    told.card.status = "retired"
    told.card.save()
    url = reverse("tutor:problem", args=[told.card.slug])
    page = client.get(url).content.decode()
    assert "It does, see case 2." in page and "not shown any more" in page
    assert "<textarea" not in page and f'href="{told.card.get_absolute_url()}"' not in page
    assert client.post(url, {"words": "More."}).status_code == 404
    assert Client().get(url).status_code == 404 and teacher.get(url).status_code == 404
    assert Problem.objects.count() == 1


def test_a_text_that_is_too_long_is_refused_with_its_count_and_stays(client):
    address = reverse("tutor:problem", args=[factories.card().slug])
    assert "maxlength" not in client.get(address).text.partition("<textarea")[2].partition(">")[0]
    found = client.post(address, {"words": "w" * 2001}).text
    assert "These are 2,001 characters, and 2,000 fit: leave out 1." in found
    assert "w" * 2001 in found and not Problem.objects.exists()
