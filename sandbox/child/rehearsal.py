"""A rehearsal: run small programs, then forget them, so that the next run finds its pages warm."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..program import Job
from . import phases, world

_MODELS = """
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import models, transaction
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver


class Rehearsed(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    text = models.TextField(blank=True)


@receiver(post_save, sender=Rehearsed)
def tell(sender, instance, created, **kwargs):
    send_mail("Rehearsed", instance.text, None, [instance.user.email])
    transaction.on_commit(lambda: None)
"""
_ADMIN = """
from django.contrib import admin

from .models import Rehearsed

admin.site.register(Rehearsed)
"""
_APPS = """
from django.apps import AppConfig


class RehearsedConfig(AppConfig):
    name = "cardapp"

    def ready(self):
        from . import models
"""
_SETUP = """
from django.contrib.auth.models import User
User.objects.bulk_create([User(id=1, username="ann", email="ann@example.com")])
"""
_CASE = """
from django.db import transaction
from cardapp.models import Rehearsed
with transaction.atomic():
    one = Rehearsed.objects.create(user_id=1, text="one")
one = Rehearsed.objects.select_related("user").get(user_id=1)
one.text = "two"
one.save()
Rehearsed.objects.filter(pk=one.pk).update(text="three")
one.delete()
"""
_SNIPPET = """
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.core.mail import send_mail

class Rehearsed(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    text = models.TextField()

@receiver(post_save, sender=Rehearsed)
def tell(sender, instance, **kwargs):
    send_mail('Rehearsed', 'Text.', 'from@example.com', [instance.user.email])

@receiver(post_save, sender=Rehearsed)
def save_again(sender, instance, **kwargs):
    if instance.text != instance.text.strip():
        instance.text = instance.text.strip()
        instance.save()

one = Rehearsed.objects.get(user_id=1)
one.text = "two "
one.save()
"""
_SNIPPET_SETUP = (
    _SETUP
    + """
from cardapp.models import Rehearsed
Rehearsed.objects.bulk_create([Rehearsed(id=1, user_id=1, text="one")])
"""
)
JOBS = (
    Job(
        program="rehearsal",
        version="package",
        case="rehearsal",
        files={"models.py": _MODELS, "admin.py": _ADMIN, "apps.py": _APPS},
        setup=_SETUP,
        action=_CASE,
    ),
    Job(
        program="rehearsal",
        version="snippet",
        case="as_written",
        files={"snippet.py": _SNIPPET},
        setup=_SNIPPET_SETUP,
        action=None,
    ),
)
EMAILS = 2  # that each of them sends


def rehearse(workdir: Path, act: Callable[[Job, str], dict[str, Any]] | None = None) -> None:
    """Run the rehearsal below `workdir` and go back to the state before; raise if it failed.

    `act` may do more with the job than to run it; it returns the report's dict.
    """
    here = os.getcwd()
    for job in JOBS:
        folder = workdir / "rehearsal"
        folder.mkdir()
        said = (act or _run)(job, str(folder))
        if said["error"] or said["emails_sent"] != EMAILS:
            raise RuntimeError(f"the rehearsal failed: {said['error']}")
        world.forget()
        os.chdir(here)
        shutil.rmtree(folder)
    gc.collect()
    gc.freeze()


def _run(job: Job, folder: str) -> dict[str, Any]:
    return phases.Run(job, folder).go(general=False, trace=True)
