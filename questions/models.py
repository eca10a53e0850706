"""What is taught: topics, cards, their versions, their cases and what is claimed of each."""

from __future__ import annotations

from typing import Any

import django
import msgspec
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from questions import card_rows
from questions.card_data import CardData, ClaimData
from sandbox.program import Program


class TopicQuerySet(models.QuerySet["Topic"]):
    def get_by_natural_key(self, slug: str) -> Topic:
        """Return the topic with this slug; raise Topic.DoesNotExist."""
        return self.get(slug=slug)


class Topic(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80, unique=True)
    introduction = models.TextField(blank=True, help_text="Markdown: what to learn here.")
    order = models.PositiveSmallIntegerField(default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("questions:topic", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class CardQuerySet(models.QuerySet["Card"]):
    def get_by_natural_key(self, slug: str) -> Card:
        """Return the card with this slug; raise Card.DoesNotExist."""
        return self.get(slug=slug)

    def published(self) -> CardQuerySet:
        """Return the cards that learners see, in the order of their numbers."""
        return self.filter(status=Card.Status.PUBLISHED)

    def visible_to(self, user: Any) -> CardQuerySet:
        """Return the cards that this user may look at: published ones, and drafts by right."""
        if user.has_perm("questions.edit_all_cards"):
            return self.all()
        published = models.Q(status=Card.Status.PUBLISHED)
        if user.is_staff and user.has_perm("questions.view_card"):
            return self.filter(published | models.Q(author=user.pk))
        return self.filter(published)

    def with_content(self) -> CardQuerySet:
        """Fetch all that `Card.data()` reads: topics, versions, cases, claims."""
        return self.prefetch_related("topic_links__topic", "versions__claims", "cases")


CONTENT = [
    "scenario", "question", "explanation", "answer", "lesson", "hints", "ideas", "references",
    "bug_lines", "unsolved", "newer", "setup", "project", "difficulty",
]  # fmt: skip


class Card(models.Model):
    class Difficulty(models.IntegerChoices):
        EASY = 1, "easy"
        MEDIUM = 2, "medium"
        HARD = 3, "hard"

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        VERIFIED = "verified", "verified"
        PUBLISHED = "published", "published"
        RETIRED = "retired", "retired"

    number = models.PositiveIntegerField(unique=True)
    slug = models.SlugField(unique=True, max_length=80)
    title = models.CharField(max_length=120)
    topics = models.ManyToManyField(Topic, through="CardTopic", related_name="cards")
    difficulty = models.PositiveSmallIntegerField(
        choices=Difficulty, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    scenario = models.TextField(help_text="Markdown: the story, at most 80 words.")
    question = models.TextField(help_text="Markdown: asks for one thing.")
    explanation = models.TextField(help_text="Markdown: the belief, why it is wrong, what is true.")
    answer = models.TextField(blank=True, help_text="Markdown: what the fixed version changes.")
    lesson = models.TextField(
        blank=True, help_text="Markdown: what the answer cures and what it does not."
    )
    hints = models.JSONField(default=list, blank=True, help_text="At most 3, each giving more.")
    ideas = models.JSONField(default=list, blank=True, help_text="2-5 short sentences.")
    references = models.JSONField(default=list, blank=True, help_text="[{title, url}]")
    bug_lines = models.JSONField(
        default=dict,
        blank=True,
        help_text='Which lines of the buggy version are the bug: {"models.py": [10]}',
    )
    setup = models.TextField(blank=True, help_text="setup.py: existing rows, shared by all cases.")
    project = models.JSONField(
        default=dict, blank=True, help_text="project.json: apps, layout, settings."
    )
    unsolved = models.TextField(
        blank=True, help_text="Why no version meets every case, if none does."
    )
    newer = models.JSONField(
        default=dict,
        blank=True,
        help_text='What a newer Django does otherwise: {"6.1": {what, ticket, cures}}',
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="cards",
    )
    digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="sha256 over the content; see seal()."
    )
    loaded = models.CharField(
        max_length=80, blank=True, editable=False, help_text="digest:status last loaded from files."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CardQuerySet.as_manager()
    past = False  # see questions.card_past
    # Who made which content and state when; the contents themselves are revisions.
    history = HistoricalRecords(excluded_fields=CONTENT)

    class Meta:
        ordering = ["number"]
        permissions = [("edit_all_cards", "Can edit the cards of everybody")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(difficulty__gte=1, difficulty__lte=3),
                name="card_difficulty_1_to_3",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "verified", "published", "retired"]),
                name="card_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("questions:card", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def data(self) -> CardData:
        """Return the card, its versions, cases and claims as plain data."""
        return card_rows.read(self)

    def program(self) -> Program:
        """Return what the sandbox needs of this card, from its rows."""
        return self.data().program()

    def seal(self) -> Revision:
        """Store the digest of the content as it is now, and the content itself as a revision."""
        data = self.data()
        self.digest = data.digest
        self.save(update_fields=["digest", "updated_at"])
        content = msgspec.to_builtins(data)
        return Revision.objects.get_or_create(
            card=self, digest=self.digest, defaults={"content": content}
        )[0]


class CardTopic(models.Model):
    """A topic of a card; the one with the lowest order is the main one."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="card_links")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["card", "topic"], name="topic_once_a_card")]

    def __str__(self) -> str:
        return f"{self.card.slug}: {self.topic}"


class Version(models.Model):
    class Kind(models.TextChoices):
        BUGGY = "buggy", "buggy"
        FIXED = "fixed", "fixed"
        HARDENED = "hardened", "hardened"
        DECOY = "decoy", "decoy"

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="versions")
    name = models.SlugField(max_length=40, help_text="The folder's name: buggy, fixed, hardened, …")
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=120)
    note = models.TextField(
        blank=True, help_text="Markdown: what it does, and for a decoy what it gets wrong."
    )
    files = models.JSONField(
        default=dict, help_text='{"models.py": "…"}; case_<name>.py replaces the shared case.'
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["card", "name"], name="version_name_once_a_card"),
            models.UniqueConstraint(
                fields=["card", "kind"],
                condition=models.Q(kind__in=["buggy", "fixed"]),
                name="one_buggy_one_fixed_a_card",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["buggy", "fixed", "hardened", "decoy"]),
                name="version_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.name, self.title)))

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.card.natural_key(), self.name)


class Case(models.Model):
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="cases")
    name = models.CharField(max_length=60, help_text="case_<name>.py")
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=240, blank=True, help_text="What happens, in one line.")
    action = models.TextField(
        blank=True, help_text="case_<name>.py; empty for a snippet's own lines."
    )
    wanted = models.PositiveSmallIntegerField(help_text="How many emails are wanted.")
    wanted_to = models.JSONField(
        null=True, blank=True, help_text="Wanted recipients, sorted; null: not asked."
    )
    wanted_subjects = models.JSONField(
        null=True, blank=True, help_text="Wanted subjects, sorted; null: not asked."
    )
    wanted_result = models.JSONField(
        null=True, blank=True, help_text="Wanted RESULT; null: not asked."
    )
    predict = models.BooleanField(default=False, help_text="Asked before the first run.")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["card", "name"], name="case_name_once_a_card")
        ]

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.name, self.title)))

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.card.natural_key(), self.name)


class Claim(models.Model):
    """What a card says a version does in a case; measured, never trusted."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="claims")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="claims")
    emails = models.PositiveSmallIntegerField()
    recipients = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Addresses in all; null: as many as emails."
    )
    to = models.JSONField(
        null=True,
        blank=True,
        help_text="Sorted recipients, one string an email; null: not claimed.",
    )
    subjects = models.JSONField(
        null=True, blank=True, help_text="Sorted subjects, one an email; null: not claimed."
    )
    error = models.CharField(max_length=120, blank=True, help_text='"phase:Type" or empty.')
    result = models.JSONField(null=True, blank=True)
    since = models.JSONField(
        default=dict, blank=True, help_text='Claims of newer Djangos: {"6.1": {"emails": 1}}'
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "case"], name="claim_once_a_cell")
        ]

    def __str__(self) -> str:
        return f"{self.version.name} × {self.case.name}: {self.emails}"

    def here(self) -> ClaimData:
        """Return what is claimed on the Django that runs here."""
        return card_rows.read_claim(self).on(django.get_version())


class Revision(models.Model):
    """A card's content as it was; whoever began on it finishes on it, and figures never mix two."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="revisions")
    digest = models.CharField(max_length=64)
    content = models.JSONField(help_text="CardData as JSON.")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["card", "digest"], name="revision_once_a_content")
        ]

    def __str__(self) -> str:
        return f"{self.card.slug}@{self.digest[:12]}"

    def data(self) -> CardData:
        """Return the content; raise msgspec.ValidationError if it is of another shape."""
        return msgspec.convert(self.content, CardData)


class MeasuredReport(models.Model):
    """A report of an unedited version in a case, by the content it ran; see questions.measure."""

    digest = models.CharField(max_length=64, help_text="Job.digest: files, setup, case, settings.")
    engine = models.CharField(
        max_length=40, help_text="sandbox.client.fingerprint(): Python, Django, sandbox."
    )
    report = models.TextField(help_text="The report as JSON (docs/report.md).")
    measured_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "engine"], name="report_once_a_content")
        ]

    def __str__(self) -> str:
        return f"{self.digest[:12]} {self.engine}"


class CardFlag(models.Model):
    """What is no longer true of a card, as the nightly run found it; the card stays published."""

    card = models.OneToOneField(Card, on_delete=models.CASCADE, related_name="flag")
    said = models.TextField(help_text="What was measured otherwise than claimed, a line each.")
    django = models.CharField(max_length=20)
    python = models.CharField(max_length=20)
    found_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.card.slug}: not true on Django {self.django}"
