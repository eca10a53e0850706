"""What one learner answered in a quiz that was set, for the instructor of the group.

Own words and own code are never in it: learners were told so when they joined.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from questions.visits import RATINGS
from tutor import trial
from tutor.kinds import KINDS
from tutor.models import Attempt, Response


@dataclass
class Answer:
    """One question of a sitting and what came of it."""

    response: Response

    @property
    def title(self) -> str:
        """The kind of question, in words."""
        return KINDS[self.response.kind].TITLE

    @property
    def case(self) -> str:
        """The title of the case asked about; empty where all of them are."""
        return str(self.response.ask.get("case", {}).get("title", ""))

    @property
    def given(self) -> bool:
        """Whether there is an answer: neither waiting nor skipped."""
        return self.response.given

    @property
    def said(self) -> str:
        """What was predicted or chosen; empty for own words and own code."""
        if not self.given:
            return ""
        one = self.response
        return KINDS[one.kind].said(one.ask, one.key, one.answer)

    @property
    def says(self) -> str:
        """What was measured, in one sentence that quotes nothing of the learner's."""
        says = next(iter((self.response.measured or {}).get("says", [])), "")
        # "You chose line 3. The bug is line 5.": the first is said to the learner.
        return str(says).rpartition(". ")[2] if says.startswith("You chose") else str(says)

    @property
    def cells(self) -> list[dict[str, Any]]:
        """What a fix did, case by case; its messages are the learner's and stay away."""
        told = self._told
        names = ("title", "wanted", "emails", "ok", "left_out", "starts")
        return [{name: each.get(name) for name in names} for each in told]

    @property
    def like(self) -> str:
        """The title of the version that did the same as a fix in every case."""
        return trial.behaves_like(self._told, self.response.key["known"]) if self._told else ""

    @property
    def grade(self) -> str:
        """The learner's own grade in words."""
        return dict(RATINGS).get(self.response.grade or 0, "")

    @property
    def ideas(self) -> list[str]:
        """The ideas that the learner ticked as said."""
        known = self.response.key.get("ideas", [])
        return [known[n] for n in (self.response.measured or {}).get("ideas", []) if n < len(known)]

    @property
    def _told(self) -> list[dict[str, Any]]:
        if self.response.kind != "fix" or not self.given:
            return []
        return list((self.response.measured or {}).get("told", []))


def of(attempt: Attempt) -> list[Answer]:
    """Return the questions of a sitting in their order."""
    return [Answer(each) for each in attempt.responses.select_related("card")]
