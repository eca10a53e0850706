"""What a sealed run tries, and must find impossible. Imports nothing of ours: it is a program.

The fork server tries it at its start in a child of its own; `manage.py sandbox_selftest` sends
it as a job like any other.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import socket
import time
from collections.abc import Callable

REPORT_FD = 4  # as sandbox/confine.py places it; no program is told
MORE_THAN_ALLOWED = 320 << 20  # bytes


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
    libc = ctypes.CDLL(None, use_errno=True)
    number = {"x86_64": 125, "aarch64": 90}.get(os.uname().machine, -1)  # capget
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    failed = libc.syscall(ctypes.c_long(number), header, sets) < 0
    return "capabilities are left" if failed or any(sets) else ""


def identity() -> str:
    return "the user is root" if os.getuid() == 0 else ""


def memfd() -> str:
    return _denied(lambda: os.close(os.memfd_create("x")), "memory outside the limit was made")


def namespace() -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    return "a namespace was made" if libc.unshare(0x10000000) == 0 else ""


def privileges() -> str:
    held = ctypes.CDLL(None).prctl(39, 0, 0, 0, 0) == 1  # PR_GET_NO_NEW_PRIVS
    return "" if held else "privileges can come back"


def descriptors() -> str:
    """Look for a sixth descriptor; what the run itself opened in its folder is its own."""
    own = os.stat(".")
    extra = []
    for fd in range(5, 256):
        try:
            about = os.fstat(fd)
        except OSError:
            continue
        if (about.st_dev, about.st_uid) != (own.st_dev, own.st_uid):
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
    held = bytearray(MORE_THAN_ALLOWED)
    return f"{len(held) >> 20} MiB were given"


def output() -> str:
    """Write without end."""
    while True:
        os.write(1, b"x" * 65536)


def forged() -> str:
    """Write a report without this run's nonce before the true one."""
    os.write(REPORT_FD, b"\0\0\0\x12" + bytes(16) + b"{}")
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


def one(name: str) -> str:
    """Make one probe in this process; return what it reached, or nothing."""
    return QUICK[name]() if name in QUICK else FATAL[name][0]()
