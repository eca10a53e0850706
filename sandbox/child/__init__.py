"""Runs a program in this process and says what it did: prepare once, then one run a child.

`prepare()` is called once in the fork server. A child calls `rehearse()` while it waits, so that
its pages are its own, and then `run()` with its job, once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..program import Job


def prepare() -> None:
    """Import Django, set it up with the base apps and make the template database."""
    from . import world

    world.learn()


def rehearse(workdir: str | Path = ".") -> None:
    """Run a small program below `workdir` and forget it; the next run finds its pages touched."""
    from . import rehearsal

    rehearsal.rehearse(Path(workdir).resolve())


def run(job: Job, workdir: str | Path, *, trace: bool = True, cold: bool = False) -> dict[str, Any]:
    """Run the job in `workdir`, a private folder; return the keys of Report that a child knows.

    Without `trace` Django is left exactly as it is, and the report has no events. `cold` sets
    Django up from nothing even where the program would do with what is loaded.
    """
    from . import hooks, outcome, phases, startup

    if not trace:
        hooks.uninstall()
    general = cold or startup.has_own_world(job)
    run = phases.Run(job, str(workdir))
    try:
        return run.go(general=general, trace=trace)
    except BaseException as error:  # the program took our own objects apart
        return outcome.disturbed(error)
