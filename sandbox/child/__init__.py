"""Runs a program in this process and says what it did: prepare once, then one run a child.

`prepare()` is called once in the fork server. A child calls `rehearse()` while it waits, so that
its pages are its own, and then `run()` with its job, once. Where cases share what is loaded,
their parent calls `load()`, and each child `Loaded.run()` with its own case.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..program import Job

if TYPE_CHECKING:
    from .loaded import Loaded


def prepare() -> None:
    """Import Django, set it up with the base apps and make the template database."""
    from . import world

    world.learn()


def rehearse(
    workdir: str | Path = ".", act: Callable[[Job, str], dict[str, Any]] | None = None
) -> None:
    """Run small programs below `workdir` and forget them; the next run finds its pages touched.

    `act(job, folder)` runs a job in another way than run(), and returns what run() would.
    """
    from . import rehearsal

    rehearsal.rehearse(Path(workdir).resolve(), act)


def expect(workdir: str | Path) -> None:
    """Get ready what an ordinary job in `workdir` will need; another job is none the worse."""
    from . import world

    world.expect(str(workdir), ["cardapp"])


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


def load(job: Job, workdir: str | Path) -> Loaded | None:
    """Do all of a run that comes before its case; None where a case needs a process of its own.

    The program runs in this process: only for one that is as trusted as this code.
    """
    from . import loaded

    return loaded.load(job, str(workdir))
