"""The children of the fork server: standbys made ahead, runs going on, and their ends.

It reads bytes from a child's pipes and nothing else of the child's, under hard caps, and kills
what outlives its time.
"""

from __future__ import annotations

import math
import os
import selectors
import signal
import socket
import struct
import time
from collections.abc import Callable
from itertools import count
from typing import Any

import msgspec

from sandbox import standby, wire
from sandbox.limits import cores, limit
from sandbox.makers import Maker, MakerGone, Version
from sandbox.process import Process, Work
from sandbox.zygote import BURY, FORK, LOAD, Ready

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
SEAL_S = 20  # a child that is not sealed by then never will be
GRACE_S = 0.2  # between a whole report and the end of its pipe
REFILL_AFTER_S = 0.05  # a run is nearly always over by then, and has the cores to itself
FAILURES = 4  # children in a row that could not be sealed and made ready: then nothing is run
SIBLINGS = 2  # so many more cases of a version make it worth loading once
VERSIONS = 6  # loaded at once; each costs about 15 MiB while its cases run


class ZygoteGone(Exception):
    """The zygote has died, and every child with it."""


class Pool:
    """All children. `done(peer, ran)` is told of each run, `got_ready(ready)` of the start.

    A version that was loaded stays for `linger` seconds after its last case.
    """

    def __init__(
        self,
        control: socket.socket,
        selector: selectors.BaseSelector,
        done: Callable[[Any, wire.Ran], None],
        got_ready: Callable[[Ready], None],
        linger: float,
    ) -> None:
        self.zygote = Maker(control)
        self.selector = selector
        self.done = done
        self.got_ready = got_ready
        self.linger = linger
        self.ready: Ready | None = None
        self.processes: list[Process] = []
        self.ends: dict[Process, str] = {}
        self.numbers = count(1)
        self.versions: dict[str, Version] = {}
        self.unloadable: set[str] = set()
        self.loaded = 0
        self.failures = 0
        self.complaint = ""
        self.places = cores()
        selector.register(control.fileno(), READ, self.hear_zygote)

    # What there is

    def going(self) -> int:
        """Return how many runs go on."""
        return sum(1 for process in self.processes if process.work)

    def standing(self) -> int:
        """Return how many children are ready for a job."""
        return sum(1 for process in self.processes if process.ready and not process.work)

    def pids(self) -> list[int]:
        """Return the host's ids of the children, and of the versions that are loaded."""
        found = [process.host_pid for process in self.processes]
        found += [version.host_pid for version in self.versions.values()]
        return [pid for pid in found if pid]

    def may_load(self, base: str) -> bool:
        """Whether a version may be loaded for several cases, as far as is known."""
        return self.tier == "full" and base not in self.unloadable

    def has_place(self) -> bool:
        """Whether one more run may go on."""
        return self.going() < self.places

    # Time

    def until_next(self) -> float:
        """Return the seconds until the next deadline."""
        times = [time.monotonic() + 5.0]
        for process in self.processes:
            if process.over:
                continue
            if work := process.work:
                times.append(work.whole_at + GRACE_S if work.whole_at else work.until)
                if self.is_new(work):
                    times.append(work.began + REFILL_AFTER_S)
            elif not process.sealed:
                times.append(process.born + SEAL_S)
        times += [self.until(version) for version in self.versions.values()]
        return max(0.0, min(times) - time.monotonic())

    def check_times(self) -> None:
        """End the children whose time is over."""
        now = time.monotonic()
        for process in list(self.processes):
            work = process.work
            if process.over:
                continue
            if work and now >= work.until:
                self.end(process, "wall")
            elif work and work.whole_at and now >= work.whole_at + GRACE_S:
                self.end(process, "forged", "The report's pipe was kept open.")
            elif not work and not process.sealed and now >= process.born + SEAL_S:
                self.end(process, "died")
        for version in list(self.versions.values()):
            if now >= self.until(version):
                self.forget(version) if version.ready else self.lose(version)

    # Beginning

    def begin(self, work: Work) -> None:
        """Hand a job to a standby, or to a child that will be one, or to a new one."""
        if self.complaint:
            ran = wire.Ran(work.task.index, "refused", self.tier, why=self.complaint)
            self.done(work.peer, ran)
            return
        process = self.process_for(work)
        process.begin(work)
        if process.unsent:
            self.selector.register(process.job, WRITE, lambda events: self.send(process))

    def process_for(self, work: Work) -> Process:
        """Return the child that will be quickest: one that stands by, one of a loaded version."""
        free = [process for process in self.processes if not process.work and not process.over]
        free.sort(key=lambda process: (not process.ready, process.born))
        if free and free[0].ready:
            return free[0]
        if version := self.version_for(work):
            process = self.make(version)
            # Asking may have shown that the version has died.
            return process if process in self.processes else self.process_for(work)
        return free[0] if free else self.make()

    def send(self, process: Process) -> None:
        process.send()
        if not process.unsent:
            self.selector.unregister(process.job)

    def refill(self, wanted: int) -> None:
        """Make one more standby, if there are fewer; the next follows when it is ready.

        While others stand by, this waits for a run that has just begun.
        """
        idle = [process for process in self.processes if not process.work and not process.over]
        making = any(not process.ready for process in idle)
        if len(idle) >= wanted or making or self.complaint:
            return
        if idle and any(process.work and self.is_new(process.work) for process in self.processes):
            return
        self.make()

    def is_new(self, work: Work) -> bool:
        """Whether a run has only just begun: nothing that can wait is done beside it."""
        return time.monotonic() < work.began + REFILL_AFTER_S

    def make(self, maker: Maker | None = None) -> Process:
        """Ask the zygote, or a loaded version, for a child."""
        maker = maker or self.zygote
        process = Process(maker, next(self.numbers))
        self.processes.append(process)
        self.command(maker, FORK, process, process.theirs)
        return process

    @property
    def tier(self) -> str:
        return self.ready.tier if self.ready else ""

    # Who makes them

    def command(self, maker: Maker, word: bytes, subject: Any, fds: tuple[int, ...] = ()) -> None:
        """Have a maker do something; raise ZygoteGone."""
        try:
            maker.command(word, subject, fds)
        except MakerGone:
            self.gone(maker)

    def gone(self, maker: Maker) -> None:
        """Do without a maker that has died; raise ZygoteGone for the one that cannot be missed."""
        if not isinstance(maker, Version):
            raise ZygoteGone
        self.lose(maker)

    def hear_zygote(self, events: int) -> None:
        if self.ready:
            self.hear_answer(self.zygote)
            return
        try:
            (size,) = struct.unpack("!I", self.zygote.exactly(4))
            self.ready = msgspec.json.decode(self.zygote.exactly(size), type=Ready)
        except (OSError, MakerGone):
            raise ZygoteGone from None
        self.got_ready(self.ready)

    def hear_version(self, version: Version, events: int) -> None:
        if version.ready:
            self.hear_answer(version)
            return
        try:
            version.hear_first()
            self.loaded += 1
        except MakerGone:
            self.lose(version)

    def hear_answer(self, maker: Maker) -> None:
        try:
            word, subject, told = maker.answer()
            if word == FORK:
                self.born(subject, *told)
            elif word == LOAD:
                subject.take(*told)
                if subject.over:
                    self.bury(subject)
            elif isinstance(subject, Version):
                subject.close()
            else:
                self.buried(subject, *told)
            maker.next_command()
        except MakerGone:
            self.gone(maker)

    # Versions that are loaded

    def version_for(self, work: Work) -> Version | None:
        """Return the version this job needs, loaded or being loaded; None where it is not worth
        it, or not allowed."""
        if not work.base or not self.may_load(work.base):
            return None
        version = self.versions.get(work.base)
        if version is None:
            if work.task.siblings < SIBLINGS or not self.has_room():
                return None
            version = self.load(work)
        version.peers.add(work.peer)
        return version

    def has_room(self) -> bool:
        """Whether one more version can be loaded; one that nobody is using may go for it."""
        idle = [version for version in self.versions.values() if self.is_idle(version)]
        if len(self.versions) >= VERSIONS and idle:
            self.forget(min(idle, key=lambda version: version.used))
        return len(self.versions) < VERSIONS

    def is_idle(self, version: Version) -> bool:
        """Whether nobody is using a version now."""
        busy = version.peers or any(process.maker is version for process in self.processes)
        return version.ready and not busy

    def until(self, version: Version) -> float:
        """Return the time when a version has waited long enough: to be loaded, or to be used."""
        if not version.ready:
            return version.born + limit("wall")
        return version.used + self.linger if self.is_idle(version) else math.inf

    def load(self, work: Work) -> Version:
        version = self.versions[work.base] = Version(work.base, next(self.numbers))
        self.selector.register(
            version.control.fileno(), READ, lambda events: self.hear_version(version, events)
        )
        version.hand_over(work.task.job)
        self.command(self.zygote, LOAD, version, (version.theirs.fileno(),))
        return version

    def lose(self, version: Version) -> None:
        """Do without a version that has died, or that could not be loaded and never will be."""
        if not version.ready:
            self.unloadable.add(version.base)
        self.forget(version)
        for process in [one for one in self.processes if one.maker is version]:
            if process in self.ends:
                self.buried(process, signal.SIGKILL, 0.0, 0.0, 0)
            elif not process.pid:
                self.begin_anew(process)

    def begin_anew(self, process: Process) -> None:
        """Have another child do the work of one that was never told to be there.

        It gets pipes of its own: there may have been a child that read the job from these.
        """
        work, process.work = process.work, None
        if process.job in self.selector.get_map():
            self.selector.unregister(process.job)
        self.processes.remove(process)
        process.close()
        if work:
            self.begin(work)

    def release(self, peer: Any) -> None:
        """Let go of the versions that this client was using."""
        for version in self.versions.values():
            if peer in version.peers:
                version.peers.remove(peer)
                version.used = time.monotonic()

    def forget(self, version: Version) -> None:
        del self.versions[version.base]
        self.selector.unregister(version.control.fileno())
        version.control.close()
        version.over = True
        if version.pid:
            self.bury(version)

    def bury(self, version: Version) -> None:
        version.kill()
        self.command(self.zygote, BURY, version)

    # One child

    def born(self, process: Process, pid: int, handle: int) -> None:
        process.take(pid, handle)
        watched = {
            process.report: self.hear_report,
            process.stdout: self.hear_output,
            process.stderr: self.hear_output,
        }
        for fd, hear in watched.items():
            self.selector.register(fd, READ, lambda events, hear=hear, fd=fd: hear(process, fd))
        if process in self.ends:  # it was ended before it was born
            process.kill()

    def hear_output(self, process: Process, fd: int) -> None:
        if not process.hear(fd):
            self.selector.unregister(fd)
        if process.flooded() and not process.over:
            self.end(process, "flood")

    def hear_report(self, process: Process, fd: int) -> None:
        try:
            data = os.read(fd, 1 << 16)
        except BlockingIOError:
            return
        if not data:
            self.report_ended(process)
            return
        for mark in (standby.SEALED, standby.READY):
            if data[:1] == mark and not (
                process.sealed if mark == standby.SEALED else process.ready
            ):
                data = data[1:]
                process.sealed = True
                process.ready = mark == standby.READY
                self.failures *= not process.ready
        if data and process.work:
            reader = process.work.reader
            reader.feed(data)
            if reader.wrong:
                self.end(process, "forged", reader.wrong)
            elif reader.complete and not process.work.whole_at:
                process.work.whole_at = time.monotonic()

    def report_ended(self, process: Process) -> None:
        self.end(process, "report" if process.work and process.work.whole_at else "died")

    def stop(self, peer: Any) -> None:
        """End every run of one client."""
        for process in list(self.processes):
            if process.work and process.work.peer is peer and not process.over:
                self.end(process, "stopped")

    def end(self, process: Process, cause: str, why: str = "") -> None:
        """End one child; tell its client now, or when its death has been looked into."""
        process.over = True
        now = time.monotonic()
        work = process.work
        if work:
            work.wall_ms = ((work.whole_at or now) - work.began) * 1000
        payload = b""
        if work and cause == "report":
            try:
                payload = work.reader.payload()
            except wire.FrameError as error:
                cause, why = "forged", str(error)
        if work and cause != "died":
            cpu, rss = process.cpu_ms() - work.cpu_before, process.peak_rss_mb()
            process.drain()
            self.tell(process, cause, cpu_ms=cpu, peak_rss_mb=rss, payload=payload, why=why)
        process.kill()
        self.ends[process] = cause
        for fd in (process.report, process.stdout, process.stderr, process.job):
            if fd in self.selector.get_map():
                self.selector.unregister(fd)
        if process.pid and process.maker.over:
            self.buried(process, signal.SIGKILL, 0.0, 0.0, 0)
        elif process.pid:
            self.command(process.maker, BURY, process)

    def tell(self, process: Process, cause: str, **seen: Any) -> None:
        work = process.work
        if not work:
            return
        process.work = None
        out, err = process.kept.values()
        cap = limit("output")
        ran = wire.Ran(
            work.task.index,
            cause,
            self.tier,
            stdout=bytes(out[:cap]),
            stderr=bytes(err[:cap]),
            stdout_cut=len(out) > cap,
            stderr_cut=len(err) > cap,
            wall_ms=work.wall_ms,
            **seen,
        )
        self.done(work.peer, ran)

    def buried(self, process: Process, status: int, user: float, system: float, peak: int) -> None:
        """Learn how a child died; a run that gave no report is told now."""
        cause, why = self.ends.pop(process), ""
        if process.work or cause == "died":
            process.drain()
        if cause == "died" and not process.ready and not process.maker.over:  # no job was read yet
            cause, why = "refused", self.could_not_begin(process)
        if process.work:
            cpu = (user + system) * 1000 - process.work.cpu_before
            self.tell(process, cause, cpu_ms=cpu, peak_rss_mb=peak / 1024, status=status, why=why)
        self.processes.remove(process)
        process.close()

    def could_not_begin(self, process: Process) -> str:
        """Return why a child did not get as far as its job; after some in a row none is made."""
        lines = bytes(process.kept[process.stderr]).decode(errors="replace").splitlines()
        done = "made ready" if process.sealed else "sealed"
        why = f"A run could not be {done}: {lines[-1] if lines else 'no reason given'}"
        self.failures += 1
        if self.failures >= FAILURES:
            self.complaint = why
        return why
