"""python -m bench [--rounds N]: measure, print one table, write var/bench/<time>.json."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from bench import fresh, work
from bench.table import Figure, Times, show
from sandbox.client import Sandbox
from sandbox.program import Job

SECONDS = 5.0  # of sustained throughput


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="rounds of the interleaved run (40)")
    options = parser.parse_args()
    settings.configure(BASE_DIR=work.ROOT)
    with Rig() as rig:
        times = interleaved(rig, options.rounds)
        rate = throughput(rig)
        memory = fresh.idle_mib(rig.sandbox)
        tier, jail = rig.sandbox.state().tier, rig.cold.jail
    figures = judge(times, rate, memory)
    print_all(times, figures, tier=tier, jail=jail)
    write(times, figures, tier=tier, jail=jail)
    return int(any(figure.verdict == "MISSED" for figure in figures))


class Rig(ExitStack):
    """All that is measured: three fork servers, a warm process, and two kinds of cold start."""

    def __init__(self) -> None:
        super().__init__()
        self.sandbox = self.enter_context(fresh.sandbox(linger=0))
        self.lingering = self.enter_context(fresh.sandbox())
        self.bare = self.enter_context(fresh.sandbox(ready=0))
        self.floor = self.enter_context(work.Floor(work.ordinary()))
        self.cold = self.enter_context(work.Cold())
        self.less = self.enter_context(work.Cold("bare.py"))


def interleaved(rig: Rig, rounds: int) -> dict[str, Times]:
    """Do each kind of run in every round, so that a noisy minute hurts all of them alike."""
    times: dict[str, Times] = defaultdict(Times)
    for done in range(rounds):
        show_progress(done, rounds)
        times["floor"].ms.append(rig.floor.ms())
        times["  after a pause"].ms.append(rig.floor.ms(pause_s=0.06))
        times["standby"].ms += [standby(rig.sandbox, work.ordinary()) for _ in range(3)]
        times["cold child"].ms.append(cold_child(rig.bare))
        times["general path"].ms.append(standby(rig.sandbox, work.own_settings()))
        first, whole = ledger(rig.sandbox)
        times["first cell"].ms.append(first)
        times["whole card"].ms.append(whole)
        times["  looked at again"].ms.append(ledger(rig.lingering)[1])
        times["cold start"].ms.append(rig.cold.ms())
        times["  a bare one"].ms.append(rig.less.ms())
    show_progress(rounds, rounds)
    return times


def standby(sandbox: Sandbox, job: Job) -> float:
    """Return how long one run takes for the one who asks, with standbys ready and nothing else."""
    fresh.settle(sandbox)
    return timed(sandbox, [job])


def cold_child(bare: Sandbox) -> float:
    """Return how long one run takes where no child stands by: one is made when the job comes."""
    assert not bare.state().standbys
    time.sleep(0.02)
    return timed(bare, [work.ordinary()])


def ledger(sandbox: Sandbox) -> tuple[float, float]:
    """Run the seed's ledger; return when the first cell and when the last one was there."""
    fresh.settle(sandbox)
    jobs = work.ledger()
    started, first, count = time.perf_counter(), 0.0, 0
    for report in sandbox.run_all(jobs):
        first = first or time.perf_counter() - started
        count += report.outcome in ("ok", "error")
    assert count == len(jobs) == 48
    return first * 1000, (time.perf_counter() - started) * 1000


def timed(sandbox: Sandbox, jobs: list[Job]) -> float:
    started = time.perf_counter()
    for report in sandbox.run_all(jobs):
        assert report.outcome == "ok", (report.outcome, report.error)
    return (time.perf_counter() - started) * 1000


def throughput(rig: Rig) -> dict[str, float]:
    """Return runs a second with both cores busy: by the sandbox, and by cold starts."""

    def repeat(once: Any) -> float:
        end, count = time.perf_counter() + SECONDS, 0
        with ThreadPoolExecutor(os.cpu_count() or 2) as threads:
            started = time.perf_counter()
            while time.perf_counter() < end:
                count += sum(threads.map(lambda _: once(), range(os.cpu_count() or 2)))
            return count / (time.perf_counter() - started)

    jobs = work.strangers(20)
    return {
        "sandbox": repeat(lambda: len(list(rig.sandbox.run_all(jobs)))),
        "cold": repeat(lambda: 1 if rig.cold.ms() else 0),
    }


def judge(times: dict[str, Times], rate: dict[str, float], memory: float) -> list[Figure]:
    """Return the figures as ratios of medians in this run, with what they must and should be."""
    f, c = times["floor"].median, times["cold start"].median
    sealed = times["standby"]
    return [
        Figure("sealed run, median", sealed.median / f, "F", 1.8, 1.3),
        Figure("  times faster than cold", c / sealed.median, "x", 50, at_least=True),
        Figure("sealed run, 95th percentile", sealed.p95 / f, "F", 3, 2),
        Figure("no standby left", times["cold child"].median / f, "F", 7, 4),
        Figure("own settings", times["general path"].median / c, "C", 1 / 3, 1 / 10),
        Figure("seed card, 48 cells", times["whole card"].median / c, "C", 1.5, 0.5),
        Figure("  its first cell", times["first cell"].median / c, "C", 1 / 8),
        Figure("runs a second", rate["sandbox"] / rate["cold"], "x C", 10, 25, at_least=True),
        Figure("idle memory (PSS)", memory, "MiB", 250, 120),
    ]


def print_all(times: dict[str, Times], figures: list[Figure], *, tier: str, jail: str) -> None:
    print(f"\nF = the floor, C = the cold start ({jail}); sandbox tier: {tier}\n")
    rows = [[n, *(f"{v:.2f}" for v in (t.least, t.median, t.p95))] for n, t in times.items()]
    print(show(["ms", "least", "median", "p95"], rows))
    print()
    head = ["figure", "measured", "must", "aim", "reached"]
    print(show(head, [figure.row() for figure in figures]))


def write(times: dict[str, Times], figures: list[Figure], **about: str) -> None:
    folder = work.ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{time.strftime('%Y%m%d-%H%M%S')}.json"
    data = {
        "machine": machine(),
        **about,
        "figures": [figure.data() for figure in figures],
        "ms": {name: t.ms for name, t in times.items()},
    }
    path.write_text(json.dumps(data, indent=1))
    print(f"\n{machine()}\nWritten to {path.relative_to(work.ROOT)}")


def machine() -> str:
    cpu = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        )
        if Path("/proc/cpuinfo").exists()
        else iter(()),
        platform.processor(),
    )
    versions = f"Python {platform.python_version()}, Django {django.get_version()}"
    return f"{os.cpu_count()} × {cpu}, {platform.system()} {platform.release()}, {versions}"


def show_progress(done: int, rounds: int) -> None:
    if sys.stderr.isatty():
        print(f"\r  round {done} of {rounds} ", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
