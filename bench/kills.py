"""python -m bench.kills [N]: end the fork server N times at random moments; see how it comes back.

Half of the kills meet the process that talks to the site, half the one that forks; idle, while
forking, in the middle of a run or of a report.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings

from bench import fresh
from sandbox.client import Sandbox, Unavailable
from sandbox.program import Job

TOLD_S = 3.0  # a caller who waits is told by then
BACK_S = 2.0  # the next run has its answer by then
LONGEST_S = 30.0  # nothing is waited for any longer
SAYING = Job("kill", "v", "c", {"models.py": ""}, action="print('x' * 60_000); RESULT = 1")
NEXT = Job("kill", "v", "c", {"models.py": ""}, action="RESULT = 2")


class Killed(NamedTuple):
    """What came of one kill: the waiting caller's answer, when it had it (s after the kill),
    and when the next run had its own (s after it was asked for)."""

    answer: str
    told_s: float
    back_s: float


def kill(sandbox: Sandbox, chance: random.Random, part: str) -> Killed:
    """Kill `part` ("broker" or "zygote") at a random moment of a run; raise AssertionError if
    anything stays behind or the next run is not answered."""
    got: list[tuple[str, float]] = []

    def wait() -> None:
        try:
            said = next(sandbox.run_all([SAYING])).outcome
        except Unavailable as error:
            said = str(error)
        got.append((said, time.monotonic()))

    broker = sandbox.state().pid
    family = list(fresh.processes(sandbox))
    zygote = next(pid for pid in family if pid != broker)
    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(chance.random() * 0.05)
    family = [*family, *fresh.processes(sandbox)]
    os.kill(broker if part == "broker" else zygote, signal.SIGKILL)
    killed = time.monotonic()
    thread.join()
    answer, told = got[0]
    wait_until_gone(family)
    asked = time.monotonic()
    assert next(sandbox.run_all([NEXT])).result == 2, "the next run went wrong"
    return Killed(answer, max(0.0, told - killed), time.monotonic() - asked)


def wait_until_gone(pids: Iterable[int]) -> None:
    """Wait until none of the processes is left, not even as a zombie; raise AssertionError."""
    pids = list(pids)
    deadline = time.monotonic() + LONGEST_S
    while any(os.path.exists(f"/proc/{pid}") for pid in pids):
        assert time.monotonic() < deadline, f"left behind: {pids}"
        time.sleep(0.005)


def kill_often(sandbox: Sandbox, times: int) -> list[Killed]:
    """Kill one part after the other; raise AssertionError if an answer is none of ours."""
    chance = random.Random(times)  # noqa: S311 - moments of a test
    found = [kill(sandbox, chance, ("broker", "zygote")[n % 2]) for n in range(times)]
    for each in found:
        known = ("ok", "ry again", "cannot be reached")
        assert any(words in each.answer for words in known), each.answer
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.kills", description=__doc__)
    parser.add_argument("times", type=int, nargs="?", default=100)
    options = parser.parse_args()
    if not settings.configured:
        settings.configure()
    with fresh.sandbox() as sandbox:
        found = kill_often(sandbox, options.times)
    told, back = max(each.told_s for each in found), max(each.back_s for each in found)
    print(f"{options.times} kills: nothing stayed behind; every caller knew what had happened")
    print(f"a waiting caller was told within {told:.2f} s (must: {TOLD_S:.0f} s)")
    print(f"the next run had its answer within {back:.2f} s (must: {BACK_S:.0f} s)")
    return int(told > TOLD_S or back > BACK_S)


if __name__ == "__main__":
    sys.exit(main())
