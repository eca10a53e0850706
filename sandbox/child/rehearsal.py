"""A rehearsal: run a small program, then forget it, so that the next run finds its pages warm."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path

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
JOB = Job(
    program="rehearsal",
    version="only",
    case="rehearsal",
    files={"models.py": _MODELS, "admin.py": _ADMIN, "apps.py": _APPS},
    setup=_SETUP,
    action=_CASE,
)


def rehearse(workdir: Path) -> None:
    """Run the rehearsal below `workdir` and go back to the state before; raise if it failed."""
    here = os.getcwd()
    folder = workdir / "rehearsal"
    folder.mkdir()
    said = phases.Run(JOB, str(folder)).go(general=False, trace=True)
    if said["error"] or said["emails_sent"] != 2:
        raise RuntimeError(f"the rehearsal failed: {said['error']}")
    world.forget()
    os.chdir(here)
    shutil.rmtree(folder)
    gc.collect()
    gc.freeze()
