"""What every kind of question has: it is made from a card, it reads an answer, it grades it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.http import QueryDict

from tutor.facts import Facts

Json = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """`ask` is what the learner may see, `key` what grades it; `case` is the case asked about."""

    ask: Json
    key: Json
    case: str = ""


@dataclass(frozen=True)
class Grade:
    """`correct` and `points` (0 to 1) are null when only the learner can say.

    `says` explains the answer given, sentence by sentence, from what was measured.
    """

    correct: bool | None
    points: float | None
    says: list[str] = field(default_factory=list)
    measured: Json = field(default_factory=dict)


class Kind(Protocol):
    """A module of this package; its templates are templates/tutor/kinds/<NAME>….html."""

    NAME: str
    TITLE: str
    SURE: bool

    def make(self, facts: Facts, rng: Random, seen: set[str]) -> Question | None:
        """Return a question, with a case not in `seen` if there is one; None if none fits."""

    def read(self, post: QueryDict, ask: Json) -> Any:
        """Return the answer as JSON; raise ValidationError in words the learner can act on."""

    def grade(self, ask: Json, key: Json, answer: Any, who: str = "", run_id: str = "") -> Grade:
        """Return how right the answer is and why; raise trial.NotNow when nothing can run.

        `who` is the learner's opaque name, for the sandbox's fairness; `run_id` is what the
        stop button sends.
        """

    def said(self, ask: Json, key: Json, answer: Any) -> str:
        """Return in a few words what was chosen or predicted, for instructors.

        It is empty where the answer is in own words or own code, which they are not shown.
        """


class Workable(Kind, Protocol):
    """A kind with steps before the answer: lines are moved, a text is tried."""

    def work(
        self, post: QueryDict, ask: Json, key: Json, who: str, run_id: str = ""
    ) -> Json | None:
        """Return what is to be kept of such a step, None when the post is the answer itself."""

    def keep(self, post: QueryDict, ask: Json) -> Json:
        """Return what is to be kept of a page when nothing can run."""

    def is_older(self, post: QueryDict, ask: Json, work: Json) -> bool:
        """Return whether the post would overwrite what another tab kept; only where one can."""

    def shown(self, ask: Json, work: Json, post: QueryDict) -> Json:
        """Return what the templates need beside `ask`: how far the work is."""


def unseen(items: list[T], seen: set[str], rng: Random) -> T | None:
    """Return one of the items by chance, one whose `name` was not seen if possible."""
    fresh = [item for item in items if item.name not in seen]  # type: ignore[attr-defined]
    return rng.choice(fresh or items) if items else None


def whole_number(text: str | None, what: str = "emails") -> int:
    """Return a number from 0 to 99, as on cards; raise ValidationError for anything else."""
    if not text or not text.strip().isdecimal() or len(text.strip()) > 2:
        raise ValidationError(f"Give a number of {what} from 0 to 99.")
    return int(text)


def emails(count: int) -> str:
    """Return "no email", "1 email", "2 emails"."""
    if count == 0:
        return "no email"
    return f"{count} email{'s' * (count != 1)}"


def plain(text: str) -> str:
    """Return a text as it was typed, with plain line ends and no NUL: no database takes one."""
    return text.replace("\r\n", "\n").replace("\x00", "")
