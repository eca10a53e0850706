"""What comes with this repository, and is as trusted as the site's own code.

Where nothing can be sealed, these programs alone run; where everything can, these alone are
loaded once for several cases, outside the seal, which only a case then needs.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import NamedTuple

from sandbox.program import Job, ProgramError, read_folder


class Shipped(NamedTuple):
    """Digests of the card folders' jobs, and of what those load before a case."""

    jobs: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()


def shipped(cards: Path | None) -> Shipped:
    """Return the digests of every job of the card folders that come with the site.

    A folder with mistakes in it comes with nothing: `load_cards` says what they are.
    """
    jobs: list[Job] = []
    for folder in sorted(cards.iterdir()) if cards and cards.is_dir() else []:
        with contextlib.suppress(ProgramError, OSError):
            jobs += read_folder(folder).jobs()
    return Shipped(frozenset(job.digest for job in jobs), frozenset(job.base for job in jobs))
