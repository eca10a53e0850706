"""The kinds of question, each a module of one shape (tutor.kinds.base.Kind)."""

from __future__ import annotations

from typing import cast

from tutor.kinds import explain, number
from tutor.kinds.base import Grade, Kind, Question

KINDS: dict[str, Kind] = {module.NAME: cast(Kind, module) for module in (number, explain)}

__all__ = ["KINDS", "Grade", "Kind", "Question"]
