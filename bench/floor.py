"""The floor: the same work, recording included, again and again in one warm process.

python -m bench.floor reads a job, then runs it once for every line "go" and answers with
milliseconds and the emails. The process never forks: a fork would slow it down and flatter us.
"""

import gc
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from sandbox import child
from sandbox.child import phases, world
from sandbox.program import Job


def main() -> None:
    job = msgspec.json.decode(sys.stdin.readline(), type=Job)
    child.prepare()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as base:
        for count, _ in enumerate(sys.stdin):
            folder = Path(base, str(count))
            folder.mkdir()
            started = time.perf_counter()
            said = phases.Run(job, str(folder)).go(general=False, trace=True)
            answer = msgspec.json.encode(said)
            ms = (time.perf_counter() - started) * 1000
            world.forget()
            if not count:
                gc.freeze()  # as a standby does after its rehearsal
            print(f"{ms:.3f} {said['emails_sent']} {len(answer)}", flush=True)


if __name__ == "__main__":
    main()
