"""A program of the learner's own: files, existing rows, and one case with what it wants."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from django.http import QueryDict

from questions.fix import checked
from questions.models import Card, Case
from questions.runs import MINE, Runs
from sandbox.program import Program

PATH = re.compile(r"^(?:[a-z_][a-z0-9_]{0,30}/){0,2}[a-z_][a-z0-9_]{0,30}\.(?:py|json)$")
FILES = 8  # more files than this are no example any more
START = {
    "models.py": """\
from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver


class Order(models.Model):
    email = models.EmailField()
    paid = models.BooleanField(default=False)


@receiver(post_save, sender=Order)
def thank(sender, instance, **kwargs):
    if instance.paid:
        send_mail("Thank you", "It is paid.", "shop@example.com", [instance.email])
"""
}
ACTION = """\
from cardapp.models import Order

order = Order.objects.create(email="ann@example.com")
order.paid = True
order.save()
order.save()
"""


class Draft(msgspec.Struct):
    """What is in the playground: kept in the session. `project` is that of the card begun with."""

    files: dict[str, str] = msgspec.field(default_factory=lambda: dict(START))
    setup: str = ""
    action: str = ACTION
    wanted: int = 1
    project: dict[str, Any] = {}
    origin: str = ""

    def case(self) -> Case:
        return Case(name=MINE, title="Your case", wanted=self.wanted, action=self.action)

    def runs(self) -> Runs:
        """Return the one run of this program, not run yet."""
        program = Program(
            "playground", {MINE: self.files}, {MINE: self.action}, self.setup or None, self.project
        )
        return Runs(program)


def of_card(card: Card, version: str, case: str) -> Draft:
    """Return a draft that begins with a card's version in one of its cases."""
    program = card.program()
    names = list(program.cases)
    name = case if case in names else names[0]
    job = program.job(version, name)
    wanted = next((c.wanted for c in card.cases.all() if c.name == name), 1)
    project = {"apps": job.apps, "layout": job.layout, "settings": job.settings}
    return Draft(dict(job.files), job.setup or "", job.action or "", wanted, project, card.slug)


def edited(draft: Draft, post: QueryDict) -> Draft:
    """Return the draft with what a form says; raise fix.TooLong."""
    files = {path: post.get(f"file:{path}", text) for path, text in draft.files.items()}
    if gone := post.get("remove"):
        files = {path: text for path, text in files.items() if path != gone or len(files) == 1}
    new = post.get("new", "").strip()
    if PATH.match(new) and len(files) < FILES:
        files.setdefault(new, "")
    texts = {"setup": post.get("setup", draft.setup), "case": post.get("action", draft.action)}
    clean = checked({**files, **{f"{name}\0": text for name, text in texts.items()}})
    wanted = post.get("wanted", "")
    return msgspec.structs.replace(
        draft,
        files={path: clean[path] for path in files},
        setup=clean["setup\0"],
        action=clean["case\0"],
        wanted=int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 3 else 1,
    )
