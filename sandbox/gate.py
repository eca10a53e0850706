"""Who may run where nothing can be sealed: the programs that come with this repository."""

from __future__ import annotations

from pathlib import Path

from sandbox.program import read_folder


def shipped(cards: Path | None) -> frozenset[str]:
    """Return the digests of every job of the card folders that come with the site."""
    if not cards or not cards.is_dir():
        return frozenset()

    digests = set()
    for folder in sorted(cards.iterdir()):
        if folder.is_dir():
            program = read_folder(folder)
            for version in program.versions:
                digests |= {program.job(version, case).digest for case in program.cases}
    return frozenset(digests)
