"""A sandbox of the measurement's own, and what can be seen of it from outside."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import work
from sandbox.client import Sandbox
from sandbox.limits import limit, standbys


@contextmanager
def sandbox(ready: int = standbys(), linger: int = limit("linger")) -> Iterator[Sandbox]:
    """Give a sandbox with a fork server nobody else uses, `ready` children; end it afterwards.

    A version that was loaded stays for `linger` seconds.
    """
    folder = Path(tempfile.mkdtemp(prefix="signalbox-bench-"))
    box = Sandbox(folder)
    box.options += ["--cards", str(work.CARDS), "--standbys", str(ready)]
    box.options += ["--linger", str(linger)]
    try:
        yield box
    finally:
        os.kill(box.state().pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def settle(box: Sandbox) -> None:
    """Wait until every standby is there and the machine has had a breath."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and box.state().standbys < standbys():
        time.sleep(0.005)
    time.sleep(0.02)


def idle_mib(box: Sandbox) -> float:
    """Return the memory of the fork server and its standbys, shared pages split fairly (MiB)."""
    deadline = time.monotonic() + 2 * limit("linger")
    while time.monotonic() < deadline and len(box.state().pids) > standbys():
        time.sleep(0.1)  # until the versions that are loaded have gone
    settle(box)
    return sum(pss_kib(Path(f"/proc/{pid}")) for pid in processes(box)) / 1024


def processes(box: Sandbox) -> Iterator[int]:
    """Yield the ids of the fork server, its zygote and all their children."""
    mark = f"\0{box.folder}\0".encode()
    for name in os.listdir("/proc"):
        try:
            if name.isdigit() and mark in Path(f"/proc/{name}/cmdline").read_bytes():
                yield int(name)
        except OSError:
            continue


def pss_kib(folder: Path) -> int:
    try:
        lines = (folder / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
