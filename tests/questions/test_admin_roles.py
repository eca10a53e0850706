"""Every address of the admin by every role: nobody gets further than they may."""

import io

import msgspec
import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse

from questions.card_load import write
from questions.export.kinds import KINDS
from questions.models import Card, Topic
from tests.questions.conftest import DATA

pytestmark = pytest.mark.django_db
OPEN = {"login", "logout"}
# What everybody who works here may look at; view_on_site leads to the site, which has doors too.
FRONT = {"index", "jsi18n", "password_change", "password_change_done", "view_on_site"}


@pytest.fixture
def roles():
    made = {
        "learner": User.objects.create_user("learner"),
        "instructor": User.objects.create_user("instructor", is_staff=True),
        "editor": User.objects.create_user("editor", is_staff=True),
        "staff": User.objects.create_user("staff", is_staff=True),
        "superuser": User.objects.create_superuser("superuser"),
    }
    made["instructor"].groups.add(Group.objects.get(name="Instructors"))
    made["editor"].groups.add(Group.objects.get(name="Editors"))
    return made


@pytest.fixture
def cards(roles):
    """Return a published card of nobody's, a draft of the editor's, a draft of the instructor's."""
    folder = DATA.parents[2] / "fixtures/cards/profile-update"
    call_command("load_cards", folder, stdout=io.StringIO())
    published = Card.objects.get()
    data = published.data()
    made = {"published": published}
    for number, owner in enumerate(("editor", "instructor"), 900):
        card = write(msgspec.structs.replace(data, slug=owner, number=number, status="draft"))
        Card.objects.filter(pk=card.pk).update(author=roles[owner])
        made[owner] = Card.objects.get(pk=card.pk)
    return made


def enter(client, roles, role):
    client.logout()
    if role in roles:
        client.force_login(roles[role])


def admin_patterns():
    """Yield the names of all addresses of the admin."""
    for pattern in admin.site.urls[0]:
        inner = getattr(pattern, "url_patterns", None)
        yield from ((p.name for p in inner if p.name) if inner else [pattern.name])


def addresses(pk):
    """Yield (name, address) of everything in the admin that can be asked for, by this card."""
    user = User.objects.order_by("pk").first()
    for name in sorted(set(filter(None, admin_patterns()))):
        for args in ([], [pk], [str(pk)], [user.pk], [pk, 1], [1, 1], [pk, "zip"], ["questions"]):
            try:
                yield name, reverse(f"admin:{name}", args=args)
                break
            except NoReverseMatch:
                continue


@pytest.mark.parametrize("role", ["nobody", "learner"])
def test_those_who_are_no_staff_see_only_the_door(client, roles, cards, role):
    enter(client, roles, role)
    seen = 0
    for name, address in addresses(cards["published"].pk):
        if name in OPEN:
            continue
        for method in (client.get, client.post):
            answer = method(address)
            assert answer.status_code in (302, 403, 405), (name, answer.status_code)
            if answer.status_code == 302:
                assert "/admin/login/" in answer["Location"], name
        seen += 1
    assert seen > 30


def rights():
    """Return what an instructor could take: people, groups, rights, the states of cards."""
    people = User.objects.order_by("pk").values_list("username", "is_staff", "is_superuser")
    groups = [
        (group.name, sorted(group.permissions.values_list("codename", flat=True)))
        for group in Group.objects.order_by("pk")
    ]
    joined = list(User.groups.through.objects.order_by("pk").values_list("user", "group"))
    own = User.user_permissions.through.objects.count()
    cards = list(Card.objects.order_by("pk").values_list("slug", "status", "author", "digest"))
    return list(people), groups, joined, own, cards


@pytest.mark.parametrize("role", ["staff", "instructor", "editor"])
def test_those_who_work_here_get_only_to_cards_and_topics(client, roles, cards, role):
    enter(client, roles, role)
    grab = {"is_superuser": "on", "groups": [1, 2], "name": "Mine", "username": "mine", "post": "y"}
    before, seen = rights(), 0
    for name, address in addresses(cards["editor" if role == "instructor" else "published"].pk):
        mine = role != "staff" and name.startswith(("questions_card", "questions_topic"))
        if mine or name in OPEN | FRONT or (name == "app_list" and role != "staff"):
            continue
        for answer in (client.get(address), client.post(address, grab)):
            assert answer.status_code in (302, 403, 404, 405), (name, answer.status_code)
            if answer.status_code == 302:  # to the front page: "does not exist"
                assert answer["Location"] in ("/admin/", "/admin/login/"), name
        seen += 1
    assert seen >= 12
    assert rights() == before


@pytest.mark.parametrize("role", ["staff", "instructor"])
def test_only_editors_make_and_change_topics(client, roles, cards, role):
    enter(client, roles, role)
    topic, before = Topic.objects.first(), list(Topic.objects.values_list("name", flat=True))
    for name, args in (("add", ()), ("change", (topic.pk,)), ("delete", (topic.pk,))):
        address = reverse(f"admin:questions_topic_{name}", args=args)
        answer = client.post(address, {"name": "Mine", "slug": "mine", "order": 0, "post": "yes"})
        assert answer.status_code == 403, name
    assert list(Topic.objects.values_list("name", flat=True)) == before


AUTOCOMPLETE = [
    ("questions", "card", "author"), ("auth", "user", "groups"), ("auth", "group", "permissions"),
    ("admin", "logentry", "user"), ("tutor", "learner", "user"), ("tutor", "membership", "learner"),
    ("tutor", "learnergroup", "owner"), ("questions", "card", "topics"),
    ("questions", "version", "card"),
]  # fmt: skip


def autocomplete(client, place):
    asked = dict(zip(("app_label", "model_name", "field_name"), place, strict=True))
    return client.get(reverse("admin:autocomplete"), {**asked, "term": ""})


@pytest.mark.parametrize("role", ["nobody", "learner", "staff", "instructor", "editor"])
def test_autocomplete_names_nobody(client, roles, cards, role):
    enter(client, roles, role)
    writes = role in ("instructor", "editor")
    for place in AUTOCOMPLETE:
        answer = autocomplete(client, place)
        own = writes and place[0] == "questions" and place[2] != "author"
        assert answer.status_code == 200 if own else answer.status_code in (302, 403), place


def test_autocomplete_gives_instructors_no_drafts_of_others(client, roles, cards):
    enter(client, roles, "instructor")
    found = autocomplete(client, ("questions", "version", "card")).json()["results"]
    assert {entry["id"] for entry in found} == {
        str(cards["instructor"].pk),
        str(cards["published"].pk),
    }


@pytest.mark.parametrize("role", ["nobody", "learner", "staff"])
@pytest.mark.parametrize("kind", [*KINDS, "print"])
def test_exports_are_for_those_who_write_cards(client, roles, cards, role, kind):
    enter(client, roles, role)
    address = reverse("admin:questions_card_export", args=[cards["published"].pk, kind])
    assert client.get(address).status_code in (302, 404)


@pytest.mark.parametrize("kind", [*KINDS, "print"])
def test_instructor_exports_own_cards_and_published_ones(client, roles, cards, kind):
    enter(client, roles, "instructor")
    for owner, status in (("instructor", 200), ("published", 200), ("editor", 404)):
        address = reverse("admin:questions_card_export", args=[cards[owner].pk, kind])
        assert client.get(address).status_code == status, owner
    data = {"action": "print_cards" if kind == "print" else f"export_{kind}"}
    chosen = [cards["editor"].pk, cards["instructor"].pk]
    answer = client.post(
        reverse("admin:questions_card_changelist"), {**data, "_selected_action": chosen}
    )
    assert answer.status_code == 200
    if kind in ("yaml", "gift", "moodle", "print"):
        assert b"/cards/instructor/" in answer.content or b"instructor" in answer.content
        assert b"slug: editor" not in answer.content and b"cards/editor/" not in answer.content


def test_instructor_reads_no_results_of_cards_of_others(client, roles, cards):
    enter(client, roles, "instructor")
    for owner in ("published", "editor"):
        data = {"action": "card_results", "_selected_action": [cards[owner].pk]}
        answer = client.post(reverse("admin:questions_card_changelist"), data, follow=True)
        assert "text/csv" not in answer["Content-Type"], owner


FOREIGN = ["run", "check", "verify", "publish", "retire", "redraft"]


@pytest.mark.parametrize("name", FOREIGN)
def test_instructor_does_nothing_to_cards_of_others(client, roles, cards, name):
    enter(client, roles, "instructor")
    before = list(Card.objects.order_by("pk").values("status", "digest"))
    for owner, status in (("editor", 404), ("published", 403)):
        address = reverse(f"admin:questions_card_{name}", args=[cards[owner].pk])
        assert client.post(address).status_code == status
        assert client.get(address).status_code == (status if name == "retire" else 405)
    assert list(Card.objects.order_by("pk").values("status", "digest")) == before


def test_instructor_reads_published_cards_and_changes_none(client, roles, cards):
    enter(client, roles, "instructor")
    address = reverse("admin:questions_card_change", args=[cards["published"].pk])
    text = client.get(address).content.decode()
    assert "multiple emails for a single update" in text
    assert 'name="_save"' not in text and "Run now" not in text and "State:" not in text
    assert client.post(address, {"title": "Mine"}).status_code == 403


def test_drafts_of_others_are_not_there(client, roles, cards):
    enter(client, roles, "instructor")
    foreign = cards["editor"]
    assert (
        str(foreign.number)
        not in client.get(reverse("admin:questions_card_changelist")).content.decode()
    )
    for name in ("change", "delete", "history"):
        answer = client.get(reverse(f"admin:questions_card_{name}", args=[foreign.pk]))
        assert answer.status_code in (302, 404), name
    revision = foreign.revisions.get()
    address = reverse("admin:questions_card_revision", args=[foreign.pk, revision.pk])
    assert client.get(address).status_code == client.post(address).status_code == 404
    data = {"action": "export_zip", "_selected_action": [foreign.pk]}
    answer = client.post(reverse("admin:questions_card_changelist"), data)
    assert b"editor/card.yaml" not in answer.content
    assert (
        client.post(reverse("admin:questions_card_duplicate", args=[foreign.pk])).status_code == 404
    )


def test_revision_of_one_card_is_not_shown_under_another(client, roles, cards):
    enter(client, roles, "instructor")
    foreign = cards["editor"].revisions.get()
    mine = cards["instructor"]
    address = reverse("admin:questions_card_revision", args=[mine.pk, foreign.pk])
    assert client.get(address).status_code == client.post(address).status_code == 404


def test_published_revision_is_read_and_not_reverted(client, roles, cards):
    enter(client, roles, "instructor")
    card = cards["published"]
    address = reverse("admin:questions_card_revision", args=[card.pk, card.revisions.get().pk])
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 403


def test_revisions_that_were_never_published_are_for_those_who_edit_the_card(client, roles, cards):
    card = cards["published"]
    public = card.revisions.get()
    write(msgspec.structs.replace(card.data(), status="draft", title="Not yet fit to be seen"))
    draft = card.revisions.exclude(pk=public.pk).get()
    write(msgspec.structs.replace(card.data(), status="published"))
    write(msgspec.structs.replace(card.data(), status="published", title="Better"))
    history = reverse("admin:questions_card_history", args=[card.pk])
    pages = {
        each: reverse("admin:questions_card_revision", args=[card.pk, each.pk])
        for each in (public, draft)
    }
    for role, status in (("instructor", 404), ("editor", 200)):
        enter(client, roles, role)
        listed = client.get(history).text
        assert ">published</td>" in listed and pages[public] in listed
        assert (pages[draft] in listed) == (">draft</td>" in listed) == (status == 200)
        assert client.get(pages[public]).status_code == 200
        assert client.get(pages[draft]).status_code == status


@pytest.mark.parametrize(
    ("role", "card", "may"),
    [
        ("instructor", "instructor", True),
        ("instructor", "editor", False),
        ("instructor", "published", False),
        ("editor", "instructor", True),
        ("editor", "published", False),
        ("superuser", "published", False),
    ],
)
def test_only_drafts_are_deleted_and_only_by_those_who_may(client, roles, cards, role, card, may):
    enter(client, roles, role)
    pk = cards[card].pk
    client.post(reverse("admin:questions_card_delete", args=[pk]), {"post": "yes"})
    assert Card.objects.filter(pk=pk).exists() is not may
    data = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
    client.post(reverse("admin:questions_card_changelist"), data)
    assert Card.objects.filter(pk=pk).exists() is not may


def test_instructor_cannot_give_a_card_away_or_set_its_state(client, roles, cards):
    enter(client, roles, "instructor")
    from tests.questions.test_admin import page

    card = cards["instructor"]
    data = page(client, card) | {
        "author": roles["superuser"].pk,
        "status": "published",
        "title": "Mine",
    }
    answer = client.post(reverse("admin:questions_card_change", args=[card.pk]), data)
    assert answer.status_code == 302
    card = Card.objects.get(pk=card.pk)
    assert (card.author, card.status, card.title) == (roles["instructor"], "draft", "Mine")


def test_versions_of_another_card_cannot_be_taken_over(client, roles, cards):
    """A row's id in an inline must be one of this card's."""
    enter(client, roles, "instructor")
    from tests.questions.test_admin import page

    mine, foreign = cards["instructor"], cards["editor"]
    data = page(client, mine)
    data["versions-0-id"] = foreign.versions.first().pk
    client.post(reverse("admin:questions_card_change", args=[mine.pk]), data)
    assert foreign.data() == Card.objects.get(pk=foreign.pk).data()


def test_preview_of_drafts_is_for_those_who_may_see_them(client, roles, cards):
    foreign, mine = cards["editor"], cards["instructor"]
    for role, card, status in (
        ("nobody", mine, 404), ("learner", mine, 404), ("instructor", mine, 200),
        ("instructor", foreign, 404), ("editor", mine, 200), ("superuser", foreign, 200),
    ):  # fmt: skip
        enter(client, roles, role)
        assert client.get(card.get_absolute_url()).status_code == status, (role, card)


def test_learner_and_instructor_groups_give_no_way_to_users(roles):
    for name in ("Instructors", "Editors"):
        labels = Group.objects.get(name=name).permissions.values_list(
            "content_type__app_label", flat=True
        )
        assert set(labels) == {"questions"}


def test_going_back_says_what_the_card_is_now(client, roles, cards):
    card = cards["published"]
    old = card.revisions.get()
    write(msgspec.structs.replace(card.data(), title="Another title"))
    enter(client, roles, "editor")
    address = reverse("admin:questions_card_revision", args=[card.pk, old.pk])
    page = client.post(address, follow=True).text
    when = f"{old.made_at.day} {old.made_at:%b %Y, %H:%M} UTC"
    assert f"“{card}” is what it was on {when}, still published" in page
    card.refresh_from_db()
    assert card.status == "published" and card.title == old.data().title
