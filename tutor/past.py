"""A card's content at one revision: figures of an old one are read by what the card was then."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import django

from questions.card import named
from questions.card_data import CardData, ClaimData, VersionData
from questions.card_past import digest_of
from questions.measured import claims_to_meet
from questions.models import Card
from tutor.models import Learner, Visit

# A wrong fix is named by a decoy where one does the same, else by the card's code or answer.
ORDER = ("decoy", "buggy", "fixed", "hardened")


class Past:
    """The cases, ideas and measured claims of one revision, on the Django that runs here."""

    def __init__(self, data: CardData) -> None:
        self.data = data.on(django.get_version())
        self.cases = {case.name: case for case in self.data.cases}
        self.versions = {version.name: version for version in self.data.versions}

    @cached_property
    def buggy(self) -> VersionData | None:
        """Return the card's own code as it was."""
        return next((each for each in self.data.versions if each.kind == "buggy"), None)

    @property
    def shown_files(self) -> dict[str, str]:
        """Return the files of the card's own code, by the names that are shown."""
        files = self.buggy.files if self.buggy else {}
        return {named(path): text for path, text in files.items()}

    def claim(self, version: str, case: str) -> ClaimData | None:
        """Return what was claimed of a version in a case; None when there was neither."""
        return self.cases[case].claims.get(version) if case in self.cases else None

    def emails(self, version: str, case: str) -> int | None:
        """Return how many emails the version sends in the case; None when it is not known."""
        claim = self.claim(version, case)
        return None if claim is None else claim.emails

    def fits(self, case: str, said: dict[str, Any]) -> bool | None:
        """Return whether the card's code sends what was said, {"emails", "more"}; None: unknown."""
        sent = self.emails(self.buggy.name, case) if self.buggy else None
        if sent is None:
            return None
        return sent >= said["emails"] if said.get("more") else sent == said["emails"]

    def ledger(self, version: str) -> list[tuple[str, int, str, bool]]:
        """Return what is claimed of a version, [(case, emails, error, as wanted)]."""
        known = ((case, case.claims.get(version)) for case in self.data.cases)
        return [
            (case.name, claim.emails, claim.error, claims_to_meet(case, claim))
            for case, claim in known
            if claim is not None
        ]

    @cached_property
    def best(self) -> int | None:
        """Return in how many cases the best known version holds; None without a mended one."""
        mended = [each for each in self.data.versions if each.kind in ("fixed", "hardened")]
        held = (sum(ok for *_, ok in self.ledger(each.name)) for each in mended)
        return max(held, default=None)

    def like(self, cells: list[dict[str, Any]]) -> VersionData | None:
        """Return the version with the same ledger, a decoy first; None when there is none."""
        mine = [(each["case"], each["emails"], each["error"], each["ok"]) for each in cells]
        versions = sorted(self.data.versions, key=lambda each: ORDER.index(each.kind))
        return next((each for each in versions if self.ledger(each.name) == mine), None)


def of(card: Card, digest: str) -> Past | None:
    """Return the card as it was at this revision; None when its content was not kept."""
    kept = card.revisions.filter(digest=digest).first()
    if kept:
        return Past(kept.data())
    now = card.data()
    return Past(now) if digest in (card.digest, now.digest) else None


def predictions(learner: Learner) -> Iterator[tuple[Visit, str, dict[str, Any], bool | None]]:
    """Yield (visit, case, said, right) for all that was predicted on pages of cards.

    `right` is None before the run or the explanation has told it, and where it is not known.
    """
    for visit in learner.visits.select_related("card"):
        told = visit.ran or visit.explained
        then = of(visit.card, visit.digest or digest_of(visit.card)) if told else None
        for case, said in visit.predictions.items():
            yield visit, case, said, then.fits(case, said) if then else None
