"""The kinds of question, each a module of one shape (tutor.kinds.base.Kind)."""

from __future__ import annotations

from typing import cast

from tutor.kinds import choose, explain, fix, line, number, order, row, which
from tutor.kinds.base import Grade, Kind, Question

MODULES = (number, row, which, line, choose, order, fix, explain)
KINDS: dict[str, Kind] = {module.NAME: cast(Kind, module) for module in MODULES}

__all__ = ["KINDS", "Grade", "Kind", "Question"]
