"""A child as its parent sees it: four pipes, a handle to end it, and what came out so far."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import time
from typing import Any

from sandbox import linux, wire
from sandbox.limits import limit
from sandbox.makers import Maker


class Work:
    """One job on its way: who asked for it, and what has been seen of its run.

    `base` names what may be loaded once for it and its siblings; it is empty where nothing may.
    """

    def __init__(self, peer: Any, task: wire.Task, base: str = "") -> None:
        self.peer = peer
        self.task = task
        self.base = base
        self.nonce = secrets.token_bytes(wire.NONCE_BYTES)
        self.reader = wire.ReportReader(self.nonce)
        self.began = 0.0
        self.until = 0.0
        self.whole_at = 0.0
        self.wall_ms = 0.0
        self.cpu_before = 0.0


class Process:
    """One child. Its life: asked for, sealed, ready, at work, over."""

    def __init__(self, maker: Maker, number: int) -> None:
        self.maker = maker
        self.number = number
        job_read, self.job = os.pipe()
        self.report, report_write = os.pipe()
        self.stdout, out_write = os.pipe()
        self.stderr, err_write = os.pipe()
        null_read, null_write = os.pipe()
        os.close(null_write)  # standard input is at its end
        self.theirs = (null_read, out_write, err_write, job_read, report_write)
        for fd in (self.job, self.report, self.stdout, self.stderr):
            os.set_blocking(fd, False)
        self.pid = 0  # as the zygote numbers it
        self.host_pid = 0
        self.handle = -1
        self.born = time.monotonic()
        self.sealed = self.ready = self.over = False
        self.work: Work | None = None
        self.unsent = b""
        self.flood = 0
        self.kept = {self.stdout: bytearray(), self.stderr: bytearray()}

    def take(self, pid: int, handle: int) -> None:
        """Learn who the child is, once the zygote has forked it."""
        self.pid = self.host_pid = pid
        self.handle = handle
        for fd in self.theirs:
            os.close(fd)
        if handle >= 0:
            self.host_pid = linux.pid_of(handle)

    def begin(self, work: Work) -> None:
        """Hand a job over; the clock of the run starts here."""
        self.work = work
        work.began = time.monotonic()
        asked = work.peer.run.wall_s or limit("wall")
        work.until = work.began + min(asked, limit("wall"))
        work.cpu_before = self.cpu_ms() if self.host_pid else 0.0
        body = work.nonce + work.task.job
        self.unsent = wire.LENGTH.pack(len(body)) + body
        self.send()

    def send(self) -> None:
        """Write as much of the job as the pipe takes now."""
        try:
            while self.unsent:
                self.unsent = self.unsent[os.write(self.job, self.unsent) :]
        except BlockingIOError:
            return
        except OSError:  # it died before it read the job: the report pipe says so
            self.unsent = b""

    def hear(self, fd: int) -> bool:
        """Read one piece of standard output or error; return False at its end."""
        try:
            data = os.read(fd, 1 << 16)
        except BlockingIOError:
            return True
        kept = self.kept[fd]
        kept += data[: limit("output") + 1 - len(kept)]
        self.flood += len(data)
        return bool(data)

    def drain(self) -> None:
        """Read what is already in the output pipes, and no more than may be kept."""
        for fd in self.kept:
            for _ in range(limit("flood") >> 16):
                before = self.flood
                if not self.hear(fd) or self.flood == before:
                    break

    def flooded(self) -> bool:
        """Whether more came out than any run may write."""
        return self.flood > limit("flood")

    def kill(self) -> None:
        """End the child now, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            try:
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)
            except ProcessLookupError:
                return  # its number may be another's by now
            except (OSError, AttributeError):
                if self.host_pid > 0:  # danger: 0 and -1 would end much more than a child
                    os.kill(self.host_pid, signal.SIGKILL)

    def cpu_ms(self) -> float:
        """Return the CPU time used so far, in ms, without waiting for the child's end."""
        try:
            # The clock of another process, numbered as the kernel does: see clock_getres(2).
            return time.clock_gettime(~self.host_pid << 3 | 2) * 1000
        except OSError:
            return 0.0

    def peak_rss_mb(self) -> float:
        """Return the most memory held so far, in MiB, without waiting for the child's end."""
        with contextlib.suppress(OSError, StopIteration):
            with open(f"/proc/{self.host_pid}/status") as file:
                line = next(line for line in file if line.startswith("VmHWM"))
            return int(line.split()[1]) / 1024
        return 0.0

    def close(self) -> None:
        """Close the pipes and the handle."""
        fds = [self.job, self.report, self.stdout, self.stderr, self.handle]
        for fd in fds if self.pid else [*fds, *self.theirs]:
            if fd >= 0:
                os.close(fd)
        self.handle = -1
