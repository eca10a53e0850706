"""Who makes children, as the fork server sees them: the zygote, and versions that are loaded."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from collections import deque
from typing import Any

from sandbox import linux, wire
from sandbox.loader import LOADED
from sandbox.zygote import BURIED, BURY, COMMAND, FORKED


class MakerGone(Exception):
    """This maker has died, and every child of it."""


class Maker:
    """A process that forks and buries children, one command at a time."""

    ready = True
    over = False

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.commands: deque[tuple[bytes, Any, tuple[int, ...]]] = deque()
        self.asked: tuple[bytes, Any, tuple[int, ...]] | None = None

    def command(self, word: bytes, subject: Any, fds: tuple[int, ...] = ()) -> None:
        """Send a command about a child, when the last is answered; raise MakerGone."""
        self.commands.append((word, subject, fds))
        self.next_command()

    def next_command(self) -> None:
        if not self.ready or self.asked or not self.commands:
            return
        word, subject, fds = self.asked = self.commands.popleft()
        message = COMMAND.pack(word, subject.pid if word == BURY else subject.number)
        try:
            if fds:
                socket.send_fds(self.control, [message], list(fds))
            else:
                self.control.sendall(message)
        except OSError:
            raise MakerGone from None

    def answer(self) -> tuple[bytes, Any, tuple[Any, ...]]:
        """Read the answer: the word, the child, and its id and handle, or how it died."""
        if not self.asked:
            raise MakerGone
        word, subject, _ = self.asked
        try:
            if word == BURY:
                told = BURIED.unpack(self.exactly(BURIED.size))
            else:
                data, fds, _, _ = socket.recv_fds(self.control, FORKED.size, 1)
                if len(data) < FORKED.size:
                    raise MakerGone
                told = (FORKED.unpack(data)[0], fds[0] if fds else -1)
        except OSError:
            raise MakerGone from None
        self.asked = None
        return word, subject, told

    def exactly(self, size: int) -> bytes:
        """Read so many bytes; raise MakerGone, OSError."""
        data = self.control.recv(size, socket.MSG_WAITALL)
        if len(data) < size:
            raise MakerGone
        return data


class Version(Maker):
    """A version that is loaded once, for the cases that clients are running or will soon run.

    `used` is when the last of them was done.
    """

    ready = False

    def __init__(self, base: str, number: int) -> None:
        ours, self.theirs = socket.socketpair()
        super().__init__(ours)
        self.base = base
        self.number = number
        self.pid = self.host_pid = 0
        self.handle = -1
        self.born = self.used = time.monotonic()
        self.peers: set[Any] = set()

    def hand_over(self, job: bytes) -> None:
        """Send the job whose program is to be loaded."""
        self.control.sendall(wire.LENGTH.pack(len(job)) + job)

    def take(self, pid: int, handle: int) -> None:
        """Learn what it is, once the zygote has forked it."""
        self.pid, self.handle = pid, handle
        self.host_pid = linux.pid_of(handle)
        self.theirs.close()

    def hear_first(self) -> None:
        """Read whether it is loaded; raise MakerGone where it is not, and will not be."""
        with contextlib.suppress(OSError):
            self.ready = self.exactly(1) == LOADED
        if not self.ready:
            raise MakerGone
        self.next_command()

    def kill(self) -> None:
        with contextlib.suppress(OSError, AttributeError):
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)

    def close(self) -> None:
        """Give back what the server holds of it, once it is buried."""
        if self.handle >= 0:
            os.close(self.handle)
