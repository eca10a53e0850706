"""Load one version, where the zygote is: its children then begin at their case.

The program runs here unsealed, though behind the zygote's walls. The fork server asks for this
only where all that is loaded comes with the site (gate.py), and so is trusted as the site is.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from typing import TYPE_CHECKING

import msgspec

from sandbox import child, linux, standby, walls, wire
from sandbox.limits import limit
from sandbox.program import Job

if TYPE_CHECKING:
    from sandbox.child.loaded import Loaded

LOADED, CANNOT = b"L", b"N"
_FLAGS = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC


def load(control: socket.socket) -> Loaded | None:
    """Read a job from `control` and load its program; None if its cases must not share that."""
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    linux.unshare(linux.CLONE_NEWNS)
    linux.mount("tmpfs", walls.FOLDER, "tmpfs", _FLAGS, f"size={limit('folder')},mode=0700")
    os.chdir(walls.FOLDER)
    streams = [_nameless(fd) for fd in (1, 2)]
    standby.own_streams()
    loaded = child.load(_job(control), walls.FOLDER)
    for stream in (sys.__stdout__, sys.__stderr__):
        stream.flush()  # type: ignore[union-attr]
    said = tuple(os.pread(fd, limit("output") + 1, 0) for fd in streams)
    os.chdir("/")
    linux.umount(walls.FOLDER)
    if loaded is None or max(map(len, said)) > limit("output"):
        return None
    loaded.said = said
    return loaded


def _nameless(fd: int) -> int:
    """Let `fd` be a file that no program can find; return another descriptor of it."""
    file = os.open("out", os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
    os.unlink("out")
    os.dup2(file, fd, inheritable=False)
    return file


def _job(control: socket.socket) -> Job:
    (size,) = wire.LENGTH.unpack(control.recv(wire.LENGTH.size, socket.MSG_WAITALL))
    return msgspec.json.decode(control.recv(size, socket.MSG_WAITALL), type=Job)
