"""A program of the learner's own: files, existing rows, and cases with what each wants."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from django.http import HttpRequest, QueryDict

from questions import tabs, visits
from questions.card import action
from questions.diff import Mark, unified
from questions.earlier import TITLES, Aside
from questions.fix import Attempt
from questions.models import Card, Case
from questions.own_files import BadName, checked, one_line_end
from questions.runs import MINE, Runs
from questions.trace import shown_file
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
    """What is in the playground. `project` is that of the card begun with."""

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

    @property
    def texts(self) -> dict[str, str]:
        """Return everything there is to read in it, by the name that it is shown under."""
        files = {shown_file(path) or path: text for path, text in self.files.items()}
        cases = {f"Case “{c.title}”, wanted {c.wanted}": c.action for c in self.cases}
        return {**files, "setup.py": self.setup, **cases}


EMPTY = Draft({"models.py": ""}, cases=[DraftCase("Case 1", "")])
REPLACED = "replaced"  # by a card, an example, a shared run: "Start again" brings it back


class Earlier(msgspec.Struct):
    """A program put aside; `why` is "signed in", "used" or REPLACED: there is one of those."""

    draft: Draft
    why: str = ""


class Kept(msgspec.Struct):
    """What the store keeps of a playground: what is in it, None before anything was, and aside."""

    draft: Draft | None = None
    earlier: list[Earlier] = []

    @property
    def before(self) -> Draft | None:
        """Return what was here before something else took its place."""
        return next((each.draft for each in self.earlier if each.why == REPLACED), None)


def load(request: HttpRequest) -> Kept:
    """Return this visitor's playground; an empty one when what is kept is of another shape."""
    try:
        kept = msgspec.convert(visits.store().playground(request), Kept)
    except msgspec.ValidationError:
        return Kept()
    drafts = [kept.draft, *(each.draft for each in kept.earlier)]
    return kept if all(each is None or each.cases and each.files for each in drafts) else Kept()


def read(draft: dict[str, Any] | None) -> Draft | None:
    """Return a draft as it was kept; None for nothing, or for something of another shape."""
    try:
        return msgspec.convert(draft, Draft | None)
    except msgspec.ValidationError:
        return None


def keep(request: HttpRequest, draft: Draft) -> None:
    """Keep what is in the playground; what was put aside stays."""
    _save(request, Kept(draft, load(request).earlier))


def replace(request: HttpRequest, new: Draft) -> None:
    """Put something else into the playground; what was in it can be brought back."""
    kept = load(request)
    others = [each for each in kept.earlier if each.why != REPLACED]
    _save(request, Kept(new, [*others, Earlier(kept.draft or Draft(), REPLACED)]))


def take(request: HttpRequest, mark: str, *, use: bool) -> bool:
    """Use or forget the program of this mark that was put aside; return whether there is one.

    To be used it changes places with what is in the playground.
    """
    kept = load(request)
    chosen = next((e for e in _aside(kept) if tabs.mark(e.draft) == mark), None)
    if chosen is None:
        return False
    kept.earlier = [
        each for each in kept.earlier if each.why == REPLACED or each.draft != chosen.draft
    ]
    if use:
        before = [Earlier(kept.draft, "used")] if kept.draft else []
        kept = Kept(chosen.draft, [*kept.earlier, *before])
    _save(request, kept)
    return True


def shown_earlier(request: HttpRequest, draft: Draft) -> list[Aside]:
    """Return the programs put aside that are not what is there now, the newest first."""
    found: dict[str, Aside] = {}
    for each in reversed(_aside(load(request))):
        mark, against = tabs.mark(each.draft), beside(draft, each.draft)
        if against:
            found.setdefault(mark, Aside(mark, TITLES.get(each.why, TITLES["used"]), against))
    return list(found.values())


def beside(mine: Draft, theirs: Draft) -> list[tuple[str, tuple[Mark, ...]]]:
    """Return each text that differs from theirs, by name, as a diff in one column."""
    here, there = mine.texts, theirs.texts
    return [
        (name, unified(name, there.get(name, ""), here.get(name, "")))
        for name in dict.fromkeys([*here, *there])
        if there.get(name, "").rstrip() != here.get(name, "").rstrip()
    ]


def is_own(draft: Draft | None) -> bool:
    """Return whether a learner would miss it: it is neither nothing nor the small example."""
    return draft is not None and draft not in (Draft(), EMPTY)


def _aside(kept: Kept) -> list[Earlier]:
    return [each for each in kept.earlier if each.why != REPLACED]


def _save(request: HttpRequest, kept: Kept) -> None:
    visits.store().keep_playground(request, msgspec.to_builtins(kept))


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
