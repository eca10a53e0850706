"""A program of the learner's own: files, existing rows, and cases with what each wants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict

from questions.card import action
from questions.fix import Attempt
from questions.models import Card, Case
from questions.own_files import BadName, checked, one_line_end
from questions.runs import MINE, Runs
from questions.visits import Visit
from sandbox.program import Program

CASES = 12  # the longest card has as many
TITLE = 60  # characters
BEFORE = "What was here before is kept: under “Start again” it comes back."
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


class DraftCase(msgspec.Struct):
    """One thing that happens: its name as the learner gave it, its code, the emails wanted."""

    title: str = "Paid, then saved again"
    action: str = ACTION
    wanted: int = 1


class Draft(msgspec.Struct):
    """What is in the playground: kept in the session. `project` is that of the card begun with."""

    files: dict[str, str] = msgspec.field(default_factory=lambda: dict(START))
    setup: str = ""
    cases: list[DraftCase] = msgspec.field(default_factory=lambda: [DraftCase()])
    project: dict[str, Any] = {}
    origin: str = ""

    @property
    def names(self) -> list[str]:
        """Return a name for each case that a file can have, no two the same."""
        names: list[str] = []
        for case in self.cases:
            name = re.sub(r"\W+", "_", case.title.lower(), flags=re.ASCII).strip("_")[:40] or "case"
            while name in names:
                name += "_2"
            names.append(name)
        return names

    @property
    def pasted(self) -> bool:
        """Return whether the code is as pasted: its last lines run where a case has none."""
        return "snippet.py" in self.files

    @property
    def named_cases(self) -> list[tuple[str, DraftCase]]:
        return list(zip(self.names, self.cases, strict=True))

    def shown_cases(self) -> list[Case]:
        return [
            Case(name=name, title=case.title, wanted=case.wanted, action=case.action)
            for name, case in zip(self.names, self.cases, strict=True)
        ]

    def runs(self) -> Runs:
        """Return the runs of this program, one a case, not run yet."""
        actions = {
            name: None if self.pasted and not case.action.strip() else case.action
            for name, case in zip(self.names, self.cases, strict=True)
        }
        program = Program(
            "playground", {MINE: self.files}, dict(actions), self.setup or None, self.project
        )
        return Runs(program)

    @property
    def cells(self) -> list[tuple[str, str]]:
        return [(MINE, name) for name in self.names]


EMPTY = Draft({"models.py": ""}, cases=[DraftCase("Case 1", "")])


def replace(session: SessionBase, new: Draft) -> None:
    """Put something else into the playground of a session; what was in it can be brought back."""
    session["playground_before"] = session.get("playground", msgspec.to_builtins(Draft()))
    session["playground"] = msgspec.to_builtins(new)


def versions(card: Card, visit: Visit) -> list[tuple[str, str]]:
    """Return the versions of a card that this learner may begin with: (name, what it is)."""
    mine = [(MINE, "your own code from the card")] if visit.draft else []
    return [
        ("buggy", "the card’s code"),
        *mine,
        *(
            (version.name, f"{version.name}: {version.title}")
            for version in card.versions.all()
            if visit.explained and version.name != "buggy"
        ),
    ]


def of_card(card: Card, visit: Visit, version: str) -> Draft:
    """Return a draft that begins with one of a card's versions, in all of the card's cases."""
    name = version if version in dict(versions(card, visit)) else "buggy"
    program = card.program()
    shown = "buggy" if name == MINE else name
    row = next(v for v in card.versions.all() if v.name == shown)
    cases = [
        DraftCase(case.title[:TITLE], action(row, case) or "", case.wanted)
        for case in list(card.cases.all())[:CASES]
    ]
    job = program.job(shown, next(iter(program.cases)))
    project = {"apps": job.apps, "layout": job.layout, "settings": job.settings}
    files = dict(job.files)
    if name == MINE:
        # Files without a line are not shown in a fix; a package still needs its __init__.py.
        empty = {path: text for path, text in files.items() if not text.strip()}
        files = {**empty, **Attempt(card, visit.draft).files}
    return Draft(files, job.setup or "", cases, project, card.slug)


def edited(draft: Draft, post: QueryDict, *, whole: bool = True) -> Draft:
    """Return the draft with what a form says; raise own_files.TooLong, unless it need not fit."""
    files = {path: post.get(f"file:{path}", text) for path, text in draft.files.items()}
    setup = post.get("setup", draft.setup)
    actions = [post.get(f"action:{n}", case.action) for n, case in enumerate(draft.cases)]
    rest = {f"case {n + 1}\0": text for n, text in enumerate(actions)}
    texts = {**files, "setup.py\0": setup, **rest}
    clean = checked(texts) if whole else one_line_end(texts)
    return msgspec.structs.replace(
        draft,
        files={path: clean[path] for path in files},
        setup=clean["setup.py\0"],
        cases=[
            _case(case, n, clean[f"case {n + 1}\0"], post) for n, case in enumerate(draft.cases)
        ],
    )


def _case(case: DraftCase, n: int, text: str, post: QueryDict) -> DraftCase:
    title = " ".join(post.get(f"title:{n}", case.title).split())[:TITLE] or f"Case {n + 1}"
    wanted = post.get(f"wanted:{n}", "")
    number = wanted.isascii() and wanted.isdigit() and len(wanted) < 3
    return DraftCase(title, text, int(wanted) if number else case.wanted)


def with_cases(draft: Draft, do: str) -> Draft:
    """Return the draft after "case-add" or "case-delete:<n>"; raise BadName."""
    verb, _, place = do.partition(":")
    cases = list(draft.cases)
    if verb == "case-add":
        if len(cases) >= CASES:
            raise BadName(f"{CASES} cases are enough here.")
        cases.append(DraftCase(f"Case {len(cases) + 1}", cases[-1].action, cases[-1].wanted))
    if verb == "case-delete" and place in map(str, range(len(cases))):
        if len(cases) == 1:
            raise BadName("One case has to stay.")
        del cases[int(place)]
    return msgspec.structs.replace(draft, cases=cases)


def read(kept: Mapping[str, Any]) -> Draft:
    """Return what a session keeps as a draft; the example when it is of another shape."""
    try:
        draft = msgspec.convert(kept, Draft)
    except msgspec.ValidationError:
        return Draft()
    return draft if draft.cases and draft.files else Draft()
