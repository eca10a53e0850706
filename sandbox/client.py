"""The site's side of the sandbox: run a job, get a report; the fork server is started for you."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import platform
import socket
import stat
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import django
import msgspec
from django.conf import settings

from sandbox import wire
from sandbox.judge import judge
from sandbox.limits import cores, limit
from sandbox.program import Job
from sandbox.report import Report

HERE = Path(__file__).resolve().parent
START_S = 20  # a cold start takes half a second; a loaded machine may need more
LONGEST_ADDRESS = 100  # of a UNIX socket: 104 bytes on macOS, 108 on Linux


T = TypeVar("T")


class Unavailable(Exception):
    """The sandbox cannot be reached or started, or ended meanwhile; the text says so in words."""


class Busy(Exception):
    """The queue, or this learner's share of it, is full; the text is for the learner."""


class Status(msgspec.Struct, frozen=True):
    """What the sandbox is on this machine; `why` says why it is no better than `tier`."""

    tier: str
    available: bool
    why: str
    django: str
    python: str


class Sandbox:
    """One fork server, by its private folder; started when first needed, and again when dead.

    `command` starts it; only the tests have another than the default.
    """

    def __init__(self, folder: Path, command: list[str] | None = None) -> None:
        self.folder = folder
        self.command = command or [sys.executable, "-P", "-m", "sandbox.forkserver"]
        self.name = fingerprint()
        self.options: list[str] = []

    def run_all(
        self, jobs: Iterable[Job], *, who: str = "", run_id: str = "", wall_s: float = 0.0
    ) -> Iterator[Report]:
        """Yield the reports of the jobs in their order, as they come; raise Unavailable, Busy."""
        todo = [_readable(job) for job in jobs]
        if not todo:
            return
        siblings = _siblings(todo)
        sent = min(len(todo), 2 * cores())
        tasks = map(_task, range(sent), todo, siblings)
        first = [wire.Run(len(todo), who, run_id, wall_s), *tasks]
        with self.line(*first) as line:
            early: dict[int, Report] = {}
            for index in range(len(todo)):
                while index not in early:
                    while sent < min(len(todo), index + len(early) + 2 * cores()):
                        line.send(_task(sent, todo[sent], siblings[sent]))
                        sent += 1
                    ran = line.hear(wire.Ran)
                    report = judge(todo[ran.index], ran, line.state.django, line.state.python)
                    early[ran.index] = report
                yield early.pop(index)

    def state(self) -> wire.State:
        """Return what the server says of itself, starting it if need be; raise Unavailable."""
        with self.line() as line:
            return line.state

    def stop(self, run_id: str) -> None:
        """End the run with this id at once; nothing happens if there is none."""
        with contextlib.suppress(OSError, Unavailable), self.connect() as sock:
            line = Line(sock)
            line.send(wire.Stop(run_id))
            line.ask(wire.Ask(), wire.State)  # answered after the stop was obeyed

    def retire(self) -> None:
        """Let the server end when it is no longer asked; nothing happens if there is none."""
        with contextlib.suppress(OSError, Unavailable), self.connect() as sock:
            sock.sendall(wire.pack(wire.Retire()))

    @contextlib.contextmanager
    def line(self, *first: object) -> Iterator[Line]:
        """Give a line to a server that has said what it is; start one if there is none.

        The `first` messages go with the greeting: its answer is not waited for.
        """
        try:
            try:
                line = self.greet(*first)
            except (OSError, Unavailable):  # none is there, or it was just ending
                self.start()
                line = self.greet_new(*first)
        except OSError as error:
            raise Unavailable(f"The sandbox cannot be reached. ({error})") from error
        try:
            yield line
        except OSError as error:
            raise Unavailable(f"The sandbox ended meanwhile. Try again. ({error})") from error
        finally:
            line.sock.close()

    def greet(self, *first: object) -> Line:
        """Return a line to the server that is there; raise OSError, Unavailable or Busy."""
        line = Line(self.connect())
        try:
            line.send(wire.Ask(), *first)
            line.state = line.hear(wire.State)
        except BaseException:
            line.sock.close()
            raise
        return line

    def greet_new(self, *first: object) -> Line:
        """Greet a server that has just been started; if it ends instead, say what it said last."""
        try:
            return self.greet(*first)
        except (ConnectionError, Unavailable):
            said = self.last_words()
            if said.startswith("tier "):  # it was up, and was ended
                raise
            raise Unavailable(f"The sandbox ended while it started. Try again. {said}") from None

    def last_words(self) -> str:
        """Return the last line that the server wrote, or nothing."""
        with contextlib.suppress(OSError):
            lines = (self.folder / f"{self.name}.log").read_text(errors="replace").splitlines()
            return lines[-1].strip() if lines else ""
        return ""

    def connect(self) -> socket.socket:
        """Return a connection to the server; raise OSError, Unavailable."""
        self.check_owner()
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            sock.connect(str(self.address))
        except OSError:
            sock.close()
            raise
        sock.settimeout(limit("answer"))
        return sock

    def check_owner(self) -> None:
        """Raise Unavailable where another user may have made the folder, and would listen in it.

        Root may talk to the server of another user, but not in a folder for everybody (/tmp).
        """
        about, above = self.folder.lstat(), self.folder.parent.stat()
        trusted = os.geteuid() == 0 and not above.st_mode & stat.S_ISVTX
        if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.geteuid() and not trusted:
            raise Unavailable(f"{self.folder} belongs to somebody else.")

    @property
    def address(self) -> Path:
        return self.folder / f"{self.name}.sock"

    def start(self) -> None:
        """Start the server, unless another process is just doing it; raise Unavailable."""
        with contextlib.suppress(FileExistsError):
            self.folder.mkdir(mode=0o700, parents=True)
        self.check_owner()
        if self.folder.stat().st_uid != os.geteuid():
            raise Unavailable(f"{self.folder} belongs to somebody else.")
        with open(self.folder / "start.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.answers():
                return
            self.retire_older()
            self.spawn()

    def answers(self) -> bool:
        """Whether a server listens at the address."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
            return sock.connect_ex(str(self.address)) == 0

    def spawn(self) -> None:
        """Start the server clean: own session, three variables, no descriptor of ours."""
        log = self.folder / f"{self.name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [*self.command, str(self.folder), self.name, *self.options],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=environment(),
                close_fds=True,
                start_new_session=True,
            )
            try:
                code: int | str = process.wait(START_S)
            except subprocess.TimeoutExpired:
                process.kill()
                code = f"nothing for {START_S} s"
        if code or not self.answers():
            raise Unavailable(f"The sandbox did not start: {self.last_words() or code}")

    def retire_older(self) -> None:
        """Let servers of older code, same Python and Django, end when they are done."""
        family = self.name.rsplit("-", 1)[0]
        for other in self.folder.glob(f"{family}-*.sock"):
            if other == self.address:
                continue
            with socket.socket(socket.AF_UNIX) as sock:
                try:
                    sock.connect(str(other))
                    sock.sendall(wire.pack(wire.Retire()))
                except OSError:  # it has ended: what it left is nobody's
                    for suffix in (".sock", ".lock", ".log"):
                        other.with_suffix(suffix).unlink(missing_ok=True)


class Line:
    """One connection to the fork server: messages out, messages in."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.state: wire.State
        self.frames = wire.Frames()
        self.heard: list[wire.Message] = []

    def send(self, *messages: object) -> None:
        self.sock.sendall(b"".join(map(wire.pack, messages)))

    def ask(self, message: object, kind: type[T]) -> T:
        """Send a message and return the answer."""
        self.send(message)
        return self.hear(kind)

    def hear(self, kind: type[T]) -> T:
        """Return the next message; raise Busy, Unavailable, or OSError."""
        while not self.heard:
            data = self.sock.recv(1 << 18)
            if not data:
                raise Unavailable("The sandbox ended meanwhile. Try again.")
            self.heard += [wire.unpack(body) for body in self.frames.feed(data)]
        message = self.heard.pop(0)
        if isinstance(message, wire.Full):
            raise Busy(message.why)
        if not isinstance(message, kind):
            raise Unavailable("The sandbox gave an answer that is none. Try again.")
        return message


def run(job: Job, *, timeout_s: float | None = None, who: str = "", run_id: str = "") -> Report:
    """Run one job and return its report, whatever came of it; raise Unavailable, Busy.

    `timeout_s` may shorten the wall clock limit; `who` is an opaque name of the learner, who has
    one run going and one waiting; `run_id` is what stop() wants.
    """
    reports = default().run_all([job], who=who, run_id=run_id, wall_s=timeout_s or 0.0)
    return next(reports)


def run_all(jobs: Iterable[Job], *, who: str = "", run_id: str = "") -> Iterator[Report]:
    """Yield the reports of the jobs in their order, both cores at work; raise Unavailable, Busy."""
    return default().run_all(jobs, who=who, run_id=run_id)


def stop(run_id: str) -> None:
    """End the run with this id at once, from any process of the site."""
    default().stop(run_id)


def status() -> Status:
    """Return what the sandbox can do on this machine; never raise."""
    try:
        state = default().state()
    except Unavailable as error:
        return Status("", False, str(error), django.get_version(), platform.python_version())
    return Status(state.tier, True, state.why, state.django, state.python)


def _task(index: int, job: Job, siblings: int) -> wire.Task:
    return wire.Task(index, msgspec.json.encode(job), siblings)


def _siblings(jobs: list[Job]) -> list[int]:
    """Return for each job how many after it load the same program."""
    if len(jobs) < 3:
        return [0] * len(jobs)  # too few to matter
    found, seen = [], Counter[str]()
    for job in reversed(jobs):
        found.append(seen[job.base])
        seen[job.base] += 1
    return found[::-1]


def _readable(job: Job) -> Job:
    """Return the job with lone surrogates replaced: no file can hold them."""
    try:
        msgspec.json.encode(job)
    except UnicodeEncodeError:
        text = json.dumps(msgspec.to_builtins(job), ensure_ascii=False)
        return msgspec.json.decode(text.encode("utf-8", "replace"), type=Job)
    return job


def default() -> Sandbox:
    """Return the sandbox of this site, by its settings."""
    sandbox = Sandbox(folder())
    if tier := getattr(settings, "SANDBOX_TIER", ""):
        sandbox.options += ["--tier", tier]
    if cards := getattr(settings, "CARDS_DIR", None):
        sandbox.options += ["--cards", str(cards)]
    return sandbox


def folder() -> Path:
    """Return the private folder of the socket: in var/, or a short one where that is too long."""
    wanted = getattr(settings, "SANDBOX_DIR", None) or settings.BASE_DIR / "var" / "sandbox"
    if len(os.fsencode(wanted / f"{fingerprint()}.sock")) <= LONGEST_ADDRESS:
        return Path(wanted)
    mark = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:8]
    return Path(tempfile.gettempdir()) / f"signalbox-{os.geteuid()}-{mark}"


def environment() -> dict[str, str]:
    """Return the three variables the fork server has: none of them is the site's."""
    paths = [str(HERE.parent), *(path for path in sys.path if path.endswith("-packages"))]
    return {
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONHASHSEED": "0",
        "MALLOC_ARENA_MAX": "1",  # threads must not use up the address space
    }


@cache
def fingerprint() -> str:
    """Name the code that would run: Python and Django, then the sandbox's own sources."""
    sources = hashlib.sha256()
    for path in sorted(HERE.rglob("*.py")):
        sources.update(path.read_bytes())
    python = f"{sys.executable} {sys.version} {django.get_version()}"
    return f"{hashlib.sha256(python.encode()).hexdigest()[:8]}-{sources.hexdigest()[:8]}"
