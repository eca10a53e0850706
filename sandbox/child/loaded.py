"""A version loaded once: all of a run before its case, kept for children that have a case each."""

from __future__ import annotations

import gc
import os
import re
import threading
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import connections

from ..program import Job
from . import outcome, phases, startup
from .recorder import recording

# What would not be the same in a fork that opens the database anew.
_HOLDS = re.compile(
    r"connection_created|PRAGMA|\bTEMP(ORARY)?\b|\bATTACH\b|create_(function|aggregate|collation)"
    r"|getpid|subprocess|multiprocessing"
)


class Loaded:
    """A run that has everything but its case; its files are in memory, its database is closed."""

    def __init__(self, run: phases.Run) -> None:
        self.run_so_far = run
        self.said: tuple[bytes, ...] = (b"", b"")  # on standard output and error
        self.open = [one.alias for one in connections.all(initialized_only=True) if one.connection]
        connections.close_all()
        self.folders, self.files = _read(Path(run.workdir))
        self.paused = perf_counter()
        gc.freeze()  # or each child's own collection would copy all that was loaded

    def run(self, job: Job) -> dict[str, Any]:
        """Run the case of `job` in this process's folder, once; return what child.run() would."""
        run = self.run_so_far
        for fd, said in enumerate(self.said, start=1):
            if said:
                os.write(fd, said)
        for folder in self.folders:
            os.mkdir(os.path.join(run.workdir, folder))
        for path, content in self.files.items():
            Path(run.workdir, path).write_bytes(content)
        was_on, recording.on = recording.on, False
        for alias in self.open:
            connections[alias].ensure_connection()
        recording.on = was_on
        recording.started += perf_counter() - self.paused
        run.take_case(job)
        try:
            return run.finish()
        except BaseException as error:  # the program took our own objects apart
            return outcome.disturbed(error)


def load(job: Job, workdir: str) -> Loaded | None:
    """Load the job's program in `workdir`; None if a case of it cannot be run in a fork."""
    sources = [*job.files.values(), job.setup or ""]
    if startup.has_own_world(job) or any(map(_HOLDS.search, sources)):
        return None
    run = phases.Run(job, workdir)
    run.load(general=False, trace=True)
    if run.crashed or threading.active_count() > 1:
        return None
    if any(one.in_atomic_block for one in connections.all(initialized_only=True)):
        return None
    return Loaded(run)


def _read(root: Path) -> tuple[list[str], dict[str, bytes]]:
    """Return the folders below `root`, outermost first, and the files with what is in them."""
    folders: list[str] = []
    files: dict[str, bytes] = {}
    for here, inner, names in os.walk(root):
        folders += [os.path.relpath(os.path.join(here, name), root) for name in inner]
        for name in names:
            path = Path(here, name)
            files[str(path.relative_to(root))] = path.read_bytes()
    return folders, files
