"""Attacks on our own sealing: what a sealed child tries, and must find impossible."""

from __future__ import annotations

import ctypes
import mmap
import os
import socket
import time
from collections.abc import Callable

import msgspec

from sandbox import confine, wire
from sandbox.limits import limit
from sandbox.program import Job
from sandbox.report import Report


def attack() -> dict[str, str]:
    """Try every quick attack from inside a sealed child; say of each what it reached, or ''.

    Meant for a child that will never run a program.
    """
    return {name: probe() for name, probe in QUICK.items()}


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


def foreign() -> str:
    """Make a 32-bit system call, which the filter's numbers do not describe; it must be fatal."""
    if os.uname().machine != "x86_64":
        return ""
    code = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"  # mov eax, 20 (getpid); int 0x80; ret
    with mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | 4) as page:
        page.write(code)
        start = ctypes.addressof(ctypes.c_char.from_buffer(page))
        ctypes.CFUNCTYPE(ctypes.c_int)(start)()
    return "a 32-bit system call was answered"


def cpu() -> str:
    """Compute without end."""
    while True:
        pass


def wall() -> str:
    """Sleep for longer than any run may take."""
    time.sleep(60)
    return "the clock was not watched"


def memory() -> str:
    """Take more memory than any run may have."""
    held = bytearray((limit("memory") + 64) << 20)
    return f"{len(held) >> 20} MiB were given"


def output() -> str:
    """Write without end."""
    while True:
        os.write(1, b"x" * 65536)


def forged() -> str:
    """Write a report without this run's nonce before the true one."""
    os.write(confine.REPORT_FD, wire.report_frame(bytes(wire.NONCE_BYTES), b"{}"))
    return ""


QUICK: dict[str, Callable[[], str]] = {
    probe.__name__: probe
    for probe in (
        passwd, write, proc, network, fork, execute, kill_parent, capabilities, identity, memfd,
        namespace, privileges, descriptors, control,
    )
}  # fmt: skip

# These end the child that makes them: the outcome that shows that they were held.
FATAL: dict[str, tuple[Callable[[], str], str]] = {
    "foreign": (foreign, "crashed"),
    "cpu": (cpu, "time_limit"),
    "wall": (wall, "time_limit"),
    "memory": (memory, "memory_limit"),
    "output": (output, "output_limit"),
    "forged": (forged, "crashed"),
}


class Held(msgspec.Struct):
    """One probe: whether it was held, and what it reached if not."""

    probe: str
    held: bool
    reached: str = ""


def job(name: str) -> Job:
    """Return the job of one probe: a program like any other, that attacks."""
    return Job(
        program="selftest",
        version="probe",
        case=name,
        files={"models.py": ""},
        action=f"from sandbox import selftest\nRESULT = selftest.one({name!r})\n",
    )


def one(name: str) -> str:
    """Make one probe in this process; return what it reached, or nothing."""
    return QUICK[name]() if name in QUICK else FATAL[name][0]()


def held(report: Report) -> Held:
    """Return what a probe's report shows."""
    name = report.case
    if name in FATAL:
        wanted = FATAL[name][1]
        reached = str(report.result or f"the run ended as {report.outcome}, not {wanted}")
        return Held(name, report.outcome == wanted, "" if report.outcome == wanted else reached)
    if report.outcome != "ok":
        return Held(name, False, report.error.message if report.error else report.outcome)
    return Held(name, not report.result, str(report.result or ""))
