"""Attacks on our own sealing: what a sealed child tries, and must find impossible."""

from __future__ import annotations

import ctypes
import os
import socket
from collections.abc import Callable


def attack() -> dict[str, str]:
    """Try every quick attack from inside a sealed child; say of each what it reached, or ''.

    Meant for a child that will never run a program.
    """
    return {name: probe() for name, probe in PROBES.items()}


def _denied(action: Callable[[], object], reached: str) -> str:
    try:
        action()
    except (OSError, ValueError):
        return ""
    return reached


def passwd() -> str:
    return _denied(lambda: open("/etc/passwd").close(), "a file of the host was read")


def write() -> str:
    return _denied(lambda: open("/written", "w").close(), "the root was written to")


def proc() -> str:
    return _denied(lambda: os.listdir("/proc"), "/proc was listed")


def network() -> str:
    return _denied(lambda: socket.socket().close(), "a socket was opened")


def fork() -> str:
    try:
        pid = os.fork()
    except OSError:
        return ""
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)
    return "a process was started"


def execute() -> str:
    return _denied(lambda: os.execv("/bin/true", ["true"]), "a program was run")  # noqa: S606


def kill_parent() -> str:
    return _denied(lambda: os.kill(os.getppid() or -1, 0), "the parent could be signalled")


def capabilities() -> str:
    from sandbox import linux

    return "capabilities are left" if linux.capabilities() else ""


def identity() -> str:
    return "the user is root" if os.getuid() == 0 else ""


def memfd() -> str:
    return _denied(lambda: os.close(os.memfd_create("x")), "memory outside the limit was made")


def namespace() -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    return "a namespace was made" if libc.unshare(0x10000000) == 0 else ""


def privileges() -> str:
    from sandbox import linux

    return "" if linux.prctl(linux.PR_GET_NO_NEW_PRIVS) == 1 else "privileges can come back"


def descriptors() -> str:
    extra = []
    for fd in range(5, 256):
        try:
            os.fstat(fd)
        except OSError:
            continue
        extra.append(fd)
    return f"descriptors were inherited: {extra}" if extra else ""


def control() -> str:
    """The other way round: what a program needs must work."""
    import sqlite3
    import threading

    name = os.path.join(os.getcwd(), "control.sqlite3")
    with sqlite3.connect(name) as database:
        database.execute("create table t (n)")
    database.close()
    os.unlink(name)
    thread = threading.Thread(target=os.getpid)
    thread.start()
    thread.join()
    for end in socket.socketpair():
        end.close()
    return ""


PROBES: dict[str, Callable[[], str]] = {
    probe.__name__: probe
    for probe in (
        passwd, write, proc, network, fork, execute, kill_parent, capabilities, identity, memfd,
        namespace, privileges, descriptors, control,
    )
}  # fmt: skip
