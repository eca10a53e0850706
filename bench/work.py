"""The work that is measured: the seed card, its nested save, its whole ledger; and a cold start."""

from __future__ import annotations

import compileall
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from sandbox.program import Job, Program, read_folder

ROOT = Path(__file__).resolve().parent.parent
CARDS = ROOT / "fixtures" / "cards"
EMAILS = 2  # what the buggy version sends in nested_save


def seed() -> Program:
    return read_folder(CARDS / "profile-update")


def ordinary() -> Job:
    """Return one ordinary job: User, profile, one save, one nested save, two emails."""
    return seed().job("buggy", "nested_save")


def strangers(count: int) -> list[Job]:
    """Return ordinary jobs that are nobody's siblings: edits, which nothing is loaded for."""
    job = ordinary()
    (name, text), *rest = job.files.items()
    edits = ({name: f"# edit {number}\n{text}", **dict(rest)} for number in range(count))
    return [msgspec.structs.replace(job, files=files) for files in edits]


def own_settings() -> Job:
    """Return a job whose user model is its own: it takes the general path."""
    program = read_folder(CARDS / "get-user-model-too-early")
    return program.job("fixed", next(iter(program.cases)))


def ledger() -> list[Job]:
    """Return four versions of the seed in its twelve cases, row by row as a page shows them."""
    program = seed()
    versions = ("buggy", "fixed", "hardened", "service")
    return [program.job(v, case) for case in list(program.cases)[:12] for v in versions]


def cases() -> list[Job]:
    """Return the fixed version of the seed in all its cases; every one of them ends well."""
    return [job for job in seed().jobs() if job.version == "fixed"]


class Floor:
    """A warm process that does the work when asked; `with` ends it."""

    def __init__(self, job: Job) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.floor"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.say(msgspec.json.encode(job).decode())

    def __enter__(self) -> Floor:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()  # the end of its input; killed, it would leave its folder

    def say(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def ms(self, pause_s: float = 0.0) -> float:
        """Do the work six times; return how long the sixth took, `pause_s` after the fifth.

        In a pause others use the caches, as they do while a child stands by.
        """
        for number in range(6):
            time.sleep(pause_s if number == 5 else 0)
            self.say("go")
            assert self.process.stdout
            ms, emails, _ = self.process.stdout.readline().split()
            assert int(emails) == EMAILS
        return float(ms)


class Cold:
    """A cold start of Python and Django for each run, in bubblewrap where that is installed.

    `script` is cold.py for the same work that a run is, bare.py for Django and the program alone.
    """

    def __init__(self, script: str = "cold.py") -> None:
        self.script = script
        memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # as a run's own folder is
        self.folder = Path(tempfile.mkdtemp(prefix="signalbox-cold-", dir=memory))
        program = seed()
        app = self.folder / "cardapp"
        app.mkdir()
        (app / "__init__.py").write_text("")
        (app / "models.py").write_text(definitions(program))
        (self.folder / "setup.py").write_text(program.setup or "")
        (self.folder / "case.py").write_text(program.cases["nested_save"] or "")
        (self.folder / "job.json").write_bytes(msgspec.json.encode(ordinary()))
        self.jail = "bubblewrap" if shutil.which("bwrap") else "bare"

    def __enter__(self) -> Cold:
        for folder in (ROOT / "sandbox", self.folder):  # the jail could not write the bytecode
            compileall.compile_dir(folder, quiet=1)
        self.ms()
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder)

    def command(self) -> list[str]:
        python = [sys.executable, str(ROOT / "bench" / self.script), str(self.folder)]
        if self.jail == "bare":
            return python
        jail = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--dev", "/dev"]
        mine = ["--bind", str(self.folder), str(self.folder)]
        return [*jail, "--proc", "/proc", *mine, *python]

    def ms(self) -> float:
        """Start cold and do the work once; return how long all of it took."""
        with tempfile.TemporaryDirectory(dir=self.folder) as run:
            started = time.perf_counter()
            done = subprocess.run([*self.command(), run], capture_output=True, text=True)
            ms = (time.perf_counter() - started) * 1000
        assert done.stdout.split()[:1] == [str(EMAILS)], done.stderr
        return ms


def definitions(program: Program) -> str:
    """Return the buggy code as a models.py: without its last lines, with the import it lacks."""
    source = program.versions["buggy"]["snippet.py"]
    source = source.split("# Updating user profile")[0]
    return f"from django.contrib.auth.models import User\n{source}"
