"""python -m bench.soak [N]: N mixed runs, one in ten hostile; nothing may stay or be wrong."""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from bench import fresh, work
from sandbox.client import Sandbox
from sandbox.program import Job

GROWTH_MIB = 5.0
SLOWER = 1.2
LOOKS = 3
KINDS = ("net", "pid", "mnt", "user", "ipc", "uts")

# What hostile runs try, and the outcomes that are right; all of them end quickly.
HOSTILE = {
    "import os\nos.fork()": {"error"},
    "import socket\nsocket.socket()": {"error"},
    "open('/etc/passwd')": {"error"},
    "import os\nos.execv('/bin/sh', ['sh'])": {"error"},
    "import os\nos._exit(0)": {"crashed"},
    "import os\nos.abort()": {"crashed"},
    "import ctypes\nctypes.string_at(0)": {"crashed"},
    "import os\nos.write(4, b'\\xff' * 4096)": {"crashed"},
    "import os\nos.write(4, b'\\0\\0\\0\\x12' + b'x' * 16 + b'{}')": {"crashed"},
    "held = []\nwhile True: held.append(bytearray(1 << 22))": {"memory_limit"},
    "while True: print('x' * 8192)": {"output_limit"},
    "import os\nfor n in range(400): open(f'f{n}', 'w').write('x' * 9000)": {"ok"},
    "import threading, time\nfor _ in range(9):\n"
    "    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()": {"ok"},
    "def deep(): deep()\ndeep()": {"error"},
    "import os\nfor _ in range(200): os.dup(1)": {"error"},
    "raise SystemExit(3)": {"error", "crashed"},
}


@dataclass
class Seen:
    """What is counted before and after: everything a run could leave behind."""

    descriptors: int
    processes: int
    zombies: int
    mounts: int
    namespaces: dict[str, int]
    files: int
    memory_mib: float = field(compare=False)


def soak(sandbox: Sandbox, runs: int, *, seed: int = 1, alone: bool = True) -> list[str]:
    """Do so many runs; return what is wrong afterwards, in words, and print what was measured."""
    chance = random.Random(seed)  # noqa: S311 - which run comes next, no secret
    ordinary = work.ordinary()
    for _ in sandbox.run_all([ordinary] * 40):
        pass  # caches fill in the first runs
    before = look(sandbox, alone=alone)
    ms: list[float] = []
    wrong: Counter[str] = Counter()
    for number, (job, right) in enumerate(jobs(runs, ordinary, chance)):
        if number % 100 == 0:
            wrong += run_a_version(sandbox)
        started = time.perf_counter()
        report = next(sandbox.run_all([job]))
        if right is None:
            ms.append((time.perf_counter() - started) * 1000)
            if (report.outcome, report.emails_sent) != ("ok", work.EMAILS):
                wrong[f"ordinary: {report.outcome} {report.error}"] += 1
        elif report.outcome not in right:
            wrong[f"{job.action!r}: {report.outcome}, not {right}"] += 1
    after = look(sandbox, alone=alone)
    for _ in range(LOOKS):
        if not left_behind(before, after):
            break
        time.sleep(1)  # a closed line or an ended child may not be cleared away yet; a leak stays
        after = look(sandbox, alone=alone)
    return judge(before, after, ms, wrong)


def run_a_version(sandbox: Sandbox) -> Counter[str]:
    """Run a version in all its cases, for which it is loaded once; count what is wrong."""
    reports = sandbox.run_all(work.cases())
    return Counter(f"{one.case}: {one.outcome}" for one in reports if one.outcome != "ok")


def jobs(runs: int, ordinary: Job, chance: random.Random) -> Iterator[tuple[Job, set[str] | None]]:
    """Yield every job with the outcomes that are right for it; None for an ordinary one."""
    programs = list(HOSTILE.items())
    for _ in range(runs):
        if chance.random() < 0.9:
            yield ordinary, None
            continue
        action, right = chance.choice(programs)
        yield Job("soak", "hostile", "case", {"models.py": ""}, action=action), right


def look(sandbox: Sandbox, *, alone: bool) -> Seen:
    """Count, with every standby ready and nothing going on; others' folders only if `alone`."""
    fresh.settle(sandbox)
    time.sleep(0.5)
    family = list(fresh.processes(sandbox))
    servers = [pid for pid in family if pid not in sandbox.state().pids]
    return Seen(
        descriptors=sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in servers),
        processes=len(family),
        zombies=sum(state(pid) == "Z" for pid in family),
        mounts=sum(len(lines(f"/proc/{pid}/mountinfo")) for pid in ["self", *servers]),
        namespaces={
            kind: len({os.readlink(f"/proc/{pid}/ns/{kind}") for pid in family}) for kind in KINDS
        },
        files=sum(1 for _ in sandbox.folder.rglob("*"))
        + (sum(1 for _ in runs_folders()) if alone else 0),
        memory_mib=sum(fresh.pss_kib(Path(f"/proc/{pid}")) / 1024 for pid in servers),
    )


def left_behind(before: Seen, after: Seen) -> list[str]:
    """Name what there is more of afterwards; less is no leak, a look may catch a child coming."""
    names = ("descriptors", "processes", "zombies", "mounts", "files")
    more = [name for name in names if getattr(after, name) > getattr(before, name)]
    return more + [
        f"{kind} namespaces"
        for kind, count in after.namespaces.items()
        if count > before.namespaces[kind]
    ]


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]


def lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()


def runs_folders() -> Iterator[Path]:
    return Path(tempfile.gettempdir()).glob("signalbox-runs-*/*")


def judge(before: Seen, after: Seen, ms: list[float], wrong: Counter[str]) -> list[str]:
    problems = [f"{count} times {what}" for what, count in wrong.most_common(20)]
    if more := left_behind(before, after):
        problems.append(f"stayed behind: {', '.join(more)}; before {before}, after {after}")
    growth = after.memory_mib - before.memory_mib
    if abs(growth) > GROWTH_MIB:
        problems.append(f"the server's memory changed by {growth:+.1f} MiB")
    part = min(1000, len(ms) // 4)
    first, last = p95(ms[:part]), p95(ms[-part:])
    if last > SLOWER * first:
        problems.append(f"the last runs are slower: p95 {first:.1f} ms, then {last:.1f} ms")
    print(f"{len(ms)} ordinary runs, median {statistics.median(ms):.1f} ms")
    print(f"p95 of the first {part}: {first:.1f} ms, of the last: {last:.1f} ms")
    print(f"memory {growth:+.2f} MiB, left behind: {left_behind(before, after) or 'nothing'}")
    print(f"wrong outcomes: {sum(wrong.values())}")
    return problems


def p95(ms: list[float]) -> float:
    return sorted(ms)[int(len(ms) * 0.95)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.soak", description=__doc__)
    parser.add_argument("runs", type=int, nargs="?", default=10_000)
    options = parser.parse_args()
    settings.configure(BASE_DIR=work.ROOT)
    started = time.monotonic()
    with fresh.sandbox(linger=0) as sandbox:
        problems = soak(sandbox, options.runs)
    print(f"{options.runs} runs in {time.monotonic() - started:.0f} s")
    for problem in problems:
        print(f"WRONG: {problem}")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
