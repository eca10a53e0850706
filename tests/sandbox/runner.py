"""Runs jobs without the fork server: one forked child a run, in a process of its own.

python -m tests.sandbox.runner reads jobs as JSON lines on standard input and writes reports.
No program is ever imported by the process that asks.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from sandbox.program import Job

ROOT = Path(__file__).resolve().parent.parent.parent
SHM = "/dev/shm" if os.path.isdir("/dev/shm") else None


class Runner:
    """One prepared process, for as many runs as wanted; each is a fork of it."""

    def __init__(self, **options: Any) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.sandbox.runner", json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PYTHONHASHSEED": "0"},
        )

    def run(self, job: Job) -> dict[str, Any]:
        """Run one job; return what the child tells."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(msgspec.json.encode(job) + b"\n")
        self.process.stdin.flush()
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "crash" not in told, f"{job.version} {job.case} told nothing"
        return told

    def run_all(self, jobs: Iterable[Job]) -> list[dict[str, Any]]:
        """Run every job; return what each child tells, in order."""
        return [self.run(job) for job in jobs]

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *raised: object) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(30)


def run_jobs(jobs: Iterable[Job], **options: Any) -> list[dict[str, Any]]:
    """Run every job in its own child of one prepared process; return the reports in order."""
    with Runner(**options) as runner:
        return runner.run_all(jobs)


def main() -> None:
    """Serve the jobs on standard input."""
    options = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
    rehearse = options.pop("rehearse", False)
    from sandbox import child

    child.prepare()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        job = msgspec.json.decode(line, type=Job)
        out.write(_in_child(child, job, rehearse, options) + b"\n")
        out.flush()


def _in_child(child: Any, job: Job, rehearse: bool, options: dict[str, Any]) -> bytes:
    reading, writing = os.pipe()
    folder = tempfile.mkdtemp(dir=SHM)
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # the jobs are not for the program to read
        try:
            work = os.path.join(folder, "run")
            os.mkdir(work)
            if rehearse:
                child.rehearse(work)
                child.expect(work)
            answer = msgspec.json.encode(child.run(job, work, **options))
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(answer)
        except BaseException:
            import traceback

            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(pid, 0)
    shutil.rmtree(folder, ignore_errors=True)
    return answer or b'{"crash": true}'


if __name__ == "__main__":
    main()
