"""Groups of learners: an instructor's class, joined by a code."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tutor.models.learner import Learner

# No vowels, so that no word appears by chance; no I, L, O, Q, which are misread.
LETTERS = "BCDFGHJKMNPRSTVWXZ"
LENGTH = 8


def new_code() -> str:
    """Return eight letters, 33 bits: short to type, too many to guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def clean_code(typed: str) -> str:
    """Return a code as it is stored, from what was typed: case, spaces and dashes are nothing."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


class LearnerGroup(models.Model):
    """A class of one instructor. Whoever has the code may join, and may leave at any time."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="learner_groups"
    )
    name = models.CharField(max_length=80)
    code = models.CharField(max_length=LENGTH, unique=True, default=new_code, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tutor:group", args=[self.pk])

    @property
    def shown_code(self) -> str:
        """Return the code in two halves, as it is read aloud: "BCDF GHJK"."""
        return f"{self.code[:4]} {self.code[4:]}"

    @property
    def archived(self) -> bool:
        """Whether it is over: nobody joins, nothing is asked, its figures stay."""
        return self.archived_at is not None

    def archive(self) -> None:
        """End it; what is shown in class is closed. Doing so twice changes nothing."""
        LearnerGroup.objects.filter(pk=self.pk, archived_at=None).update(archived_at=timezone.now())
        self.lives.filter(closed_at=None).update(closed_at=timezone.now())

    def restore(self) -> None:
        """Take it up again, with the code it had."""
        LearnerGroup.objects.filter(pk=self.pk).update(archived_at=None)

    def members(self) -> list[Membership]:
        """Return everybody in it by name; equal names are numbered, the first to join first."""
        found = list(self.memberships.all())
        by_name: dict[str, list[Membership]] = {}
        for each in sorted(found, key=lambda each: each.pk):
            by_name.setdefault(each.name.casefold(), []).append(each)
        for same in by_name.values():
            for number, each in enumerate(same, 1):
                each.shown = f"{each.name} ({number})" if len(same) > 1 else each.name
        return sorted(found, key=lambda each: (each.name.casefold(), each.pk))

    def learners(self) -> list[Membership]:
        """Return the members but whoever teaches it: who tries it out is not counted."""
        teacher = Learner.objects.filter(user=self.owner_id).values_list("pk", flat=True).first()
        return [each for each in self.members() if each.learner_id != teacher]

    def join(self, learner: Learner, name: str) -> Membership:
        """Take a learner in; who was in it before is in it since then, and was never away."""
        with transaction.atomic():
            there, new = self.memberships.get_or_create(learner=learner, defaults={"name": name})
            if new and (before := self.left.filter(learner=learner).first()):
                there.joined_at = before.joined_at
                there.save(update_fields=["joined_at"])
                before.delete()
        return there

    def renew(self) -> None:
        """Give a new code; whoever has joined stays, the old code and link lead nowhere."""
        self.code = new_code()
        self.save(update_fields=["code"])


class Membership(models.Model):
    """One learner in one group, under the name the instructor sees."""

    group = models.ForeignKey(LearnerGroup, on_delete=models.CASCADE, related_name="memberships")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="memberships")
    name = models.CharField(max_length=40)
    joined_at = models.DateTimeField(default=timezone.now, help_text="The first time.")
    shown: str  # the name as LearnerGroup.members tells it from equal ones

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "learner"], name="member_once_a_group")
        ]

    def __str__(self) -> str:
        return f"{self.name} in {self.group}"

    def get_absolute_url(self) -> str:
        return reverse("tutor:classroom", args=[self.group_id])

    def leave(self) -> None:
        """End it; only since when it was is kept, for joining again."""
        with transaction.atomic():
            Left.objects.get_or_create(
                group=self.group, learner=self.learner, defaults={"joined_at": self.joined_at}
            )
            self.delete()

    @property
    def key(self) -> str:
        """Return a word for this learner in this group's files, and in no others."""
        one = f"{self.group_id} {self.learner_id}"
        return salted_hmac("tutor.group", one, algorithm="sha256").hexdigest()[:10]


class Left(models.Model):
    """Who was in a group and is not now: no instructor sees it, it says so to the learner."""

    group = models.ForeignKey(LearnerGroup, on_delete=models.CASCADE, related_name="left")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="left")
    joined_at = models.DateTimeField(help_text="When the learner joined the first time.")
    left_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "left"
        constraints = [
            models.UniqueConstraint(fields=["group", "learner"], name="left_once_a_group")
        ]

    def __str__(self) -> str:
        return f"{self.learner} left {self.group}"
