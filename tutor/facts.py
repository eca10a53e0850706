"""What is known of a card, measured: its versions, its cases, and who sends what where."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from questions.measured import claims_to_meet, quoted
from questions.models import Card, Case, Claim, Version


class Facts:
    """One published card with its measured claims; a key is made of these and nothing else."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.versions = {version.name: version for version in card.versions.all()}
        self.cases = {case.name: case for case in card.cases.all()}
        # By keys of the rows at hand: joined, every claim would carry its version's files.
        version = {each.pk: name for name, each in self.versions.items()}
        case = {each.pk: name for name, each in self.cases.items()}
        claims: Iterable[Claim] = Claim.objects.filter(version__card=card)
        if card.past:  # no rows, but what a revision says
            claims = [claim for each in self.versions.values() for claim in each.claims.all()]
        self.claims = {
            (version[claim.version_id], case[claim.case_id]): claim.here() for claim in claims
        }

    @cached_property
    def digest(self) -> str:
        """Return the sha256 (hex) over the card's content as it is now."""
        return self.card.digest or self.card.data().digest

    @property
    def buggy(self) -> Version | None:
        """Return the card's own code."""
        return next((v for v in self.versions.values() if v.kind == Version.Kind.BUGGY), None)

    def of_kind(self, *kinds: str) -> list[Version]:
        """Return the versions of these kinds, in their order."""
        return [version for version in self.versions.values() if version.kind in kinds]

    def measured(self, version: Version) -> list[Case]:
        """Return the cases of which it is known what this version does."""
        return [case for name, case in self.cases.items() if (version.name, name) in self.claims]

    def emails(self, version: Version, case: Case) -> int:
        """Return how many emails the version sends in the case."""
        return self.claims[version.name, case.name].emails

    def meets(self, version: Version, case: Case) -> bool:
        """Return whether what was measured is what the case wants."""
        return claims_to_meet(case, self.claims[version.name, case.name])

    def missed(self, version: Version) -> list[Case]:
        """Return the measured cases in which the version does not do what is wanted."""
        return [case for case in self.measured(version) if not self.meets(version, case)]

    def row(self, case: Case, versions: Iterable[Version] | None = None) -> list[dict[str, Any]]:
        """Return what each version sends in one case: [{title, kind, emails, error, ok, why}]."""
        shown = self.versions.values() if versions is None else versions
        return [
            {
                "name": version.name,
                "title": "The card's code" if version == self.buggy else version.title,
                "kind": version.kind,
                "emails": self.emails(version, case),
                "error": self.claims[version.name, case.name].error.rpartition(":")[2],
                "ok": self.meets(version, case),
                "why": "" if self.meets(version, case) else self.why(version, case),
            }
            for version in shown
            if (version.name, case.name) in self.claims
        ]

    def why(self, version: Version, case: Case) -> str:
        """Return shortly by what a version misses a case: "1 too many", "it stops with …"."""
        claim = self.claims[version.name, case.name]
        off = claim.emails - case.wanted
        if off and not claim.error:
            return f"{abs(off)} too {'many' if off > 0 else 'few'}"
        return self.says(version, case).partition("”: ")[2].rstrip(".")

    def says(self, version: Version, case: Case) -> str:
        """Return in words what a version does in a case it misses."""
        claim = self.claims[version.name, case.name]
        title = case.title
        if claim.error:
            return f"“{title}”: it stops with {claim.error.rpartition(':')[2]}."
        if claim.emails != case.wanted:
            return f"“{title}”: it sends {claim.emails}, wanted is {case.wanted}."
        if case.wanted_to not in (None, claim.to) and claim.to is not None:
            return f"“{title}”: it writes to {_people(claim.to)}, not {_people(case.wanted_to)}."
        if case.wanted_subjects not in (None, claim.subjects) and claim.subjects is not None:
            said, wanted = quoted(claim.subjects), quoted(case.wanted_subjects)
            return f"“{title}”: it says {said}, not {wanted}."
        return f"“{title}”: the number is right, the result is not."


def files(version: Version) -> list[dict[str, Any]]:
    """Return the files to read, [{name, text, snippet}]: no cases, no settings, no empty file.

    A snippet is code as pasted: its last lines run only as printed, not in another case.
    """
    kept = {
        path: text
        for path, text in version.files.items()
        if text.strip() and not path.startswith("case_") and path != "project.json"
    }
    first = ("snippet.py", "models.py", "signals.py")
    order = sorted(kept, key=lambda path: (path not in first, path))
    return [
        {"name": _shown(path), "text": kept[path], "snippet": path == "snippet.py"}
        for path in order
    ]


def _shown(path: str) -> str:
    return "models.py" if path == "snippet.py" else path


def action(version: Version, case: Case) -> str:
    """Return the source of a case as this version runs it."""
    return version.files.get(f"case_{case.name}.py", case.action)


def _people(to: list[str] | None) -> str:
    return ", ".join(to or []) or "nobody"
