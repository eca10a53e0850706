"""Every limit of a run and of the queue: value, unit and reason, in one table."""

from __future__ import annotations

import os
from typing import NamedTuple

MIB = 1024 * 1024
KIB = 1024


class Limit(NamedTuple):
    """One limit; `value` is in `unit`, and `reason` says why it has this value."""

    value: int
    unit: str
    reason: str


LIMITS = {
    "wall": Limit(5, "s", "a learner waits no longer than this for an answer"),
    "cpu": Limit(3, "s", "a thousand times what a card needs; ends busy loops"),
    "memory": Limit(256, "MiB", "address space beyond the loaded server; ends memory bombs"),
    "memory_spare": Limit(32, "MiB", "above the soft limit, so that a report can still be written"),
    "output": Limit(64 * KIB, "bytes", "kept of stdout and of stderr, each"),
    "flood": Limit(1 * MIB, "bytes", "stdout and stderr together; beyond it the run is ended"),
    "threads": Limit(16, "threads", "cards about races need a few"),
    "stack": Limit(8, "MiB", "deep recursion ends as RecursionError, not as a crash"),
    "files": Limit(64, "open files", "SQLite, pipes and an event loop need about 15"),
    "file_size": Limit(16 * MIB, "bytes", "one file in the private folder"),
    "folder": Limit(24 * MIB, "bytes", "the private folder, in memory; the database is here"),
    "folder_files": Limit(512, "files", "the private folder holds a few databases"),
    "emails": Limit(200, "emails", "kept in a report; counted beyond"),
    "events": Limit(2000, "events", "kept in a report; counted beyond"),
    "report": Limit(256 * KIB, "bytes", "one report; the child cuts and marks"),
    "file_source": Limit(64 * KIB, "bytes", "source of one file"),
    "program": Limit(256 * KIB, "bytes", "source of one program"),
    "job": Limit(1 * MIB, "bytes", "one job as JSON on the wire"),
    "tickets": Limit(32, "callers", "waiting at once; beyond it the answer is busy"),
    "tickets_each": Limit(2, "runs", "one going and one waiting for each learner"),
    "bucket": Limit(30, "runs", "in a burst, for each learner"),
    "refill": Limit(30, "runs/min", "sustained, for each learner"),
    "linger": Limit(30, "s", "a loaded version stays for the next look at the same card"),
    "idle": Limit(1800, "s", "a fork server nobody asks for this long ends"),
    "answer": Limit(60, "s", "a caller waits no longer, the queue included"),
}


def limit(name: str) -> int:
    """Return the value of a limit in its own unit; raise KeyError for an unknown name."""
    return LIMITS[name].value


def cores() -> int:
    """Return how many runs go on at once: the cores this process may use, at most 8."""
    try:
        usable = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        usable = os.cpu_count() or 1
    return max(1, min(usable, 8))


def standbys() -> int:
    """Return how many children wait ready; each costs about 20 MiB."""
    return cores() + 1
