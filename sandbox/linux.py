"""The few Linux calls that Python 3.11 and the sandboxing libraries lack, by ctypes."""

from __future__ import annotations

import ctypes
import os
import sys

LINUX = sys.platform == "linux"
_libc = ctypes.CDLL(None, use_errno=True)

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MNT_DETACH = 2

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
PR_SET_SECUREBITS, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS = 28, 38, 39
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
# NOROOT, NO_SETUID_FIXUP, NO_CAP_AMBIENT_RAISE and their locks, KEEP_CAPS locked off.
SECUREBITS = 0b11101111
CAPABILITY_VERSION_3 = 0x20080522

SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
SYS_SECCOMP = {"x86_64": 317, "aarch64": 277}
SYS_CAPSET = {"x86_64": 126, "aarch64": 91}
SYS_CAPGET = {"x86_64": 125, "aarch64": 90}


def _check(result: int, call: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")
    return result


def _syscall(table: dict[str, int], call: str, *args: object) -> int:
    machine = os.uname().machine
    if machine not in table:
        raise OSError(38, f"{call}: not known on {machine}")
    return _check(_libc.syscall(ctypes.c_long(table[machine]), *args), call)


def unshare(flags: int) -> None:
    """Leave the namespaces in `flags` for new ones; raise OSError."""
    _check(_libc.unshare(flags), "unshare")


def setns(fd: int, kind: int) -> None:
    """Enter the namespace of `fd`; raise OSError."""
    _check(_libc.setns(fd, kind), "setns")


def mount(
    source: str | None, target: str, kind: str | None, flags: int, data: str | None = None
) -> None:
    """Mount as mount(2) does; raise OSError."""
    raw = [None if text is None else text.encode() for text in (source, target, kind, data)]
    _check(
        _libc.mount(raw[0], raw[1], raw[2], ctypes.c_ulong(flags), raw[3]),
        f"mount {target}",
    )


def umount(target: str) -> None:
    """Detach what is mounted at `target`, now; raise OSError."""
    _check(_libc.umount2(target.encode(), MNT_DETACH), f"umount {target}")


def pid_of(handle: int) -> int:
    """Return the id, as this process sees it, of the process of a pidfd; 0 once it is buried."""
    with open(f"/proc/self/fdinfo/{handle}") as file:
        words = dict(line.split(":", 1) for line in file if ":" in line)
    return max(0, int(words["Pid"]))  # the kernel says -1


def pivot_root(new: str, old: str) -> None:
    """Make `new` the root and put the former one at `old`; raise OSError."""
    _syscall(SYS_PIVOT_ROOT, "pivot_root", new.encode(), old.encode())


def prctl(option: int, value: int = 0, third: int = 0) -> int:
    """Call prctl(2) and return its answer; raise OSError."""
    args = [ctypes.c_ulong(number) for number in (value, third, 0, 0)]
    return _check(_libc.prctl(option, *args), f"prctl {option}")


def bound_capabilities() -> None:
    """Empty the bounding and ambient sets and lock them so; raise OSError if it cannot be.

    A process that has no capability has no right to do it, and needs it not.
    """
    if not capabilities():
        return
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError as error:
            if error.errno != 22:  # EINVAL: beyond the last one this kernel knows
                raise
            break
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    prctl(PR_SET_SECUREBITS, SECUREBITS)


def clear_capabilities() -> None:
    """Empty the effective, permitted and inheritable sets; raise OSError."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _syscall(SYS_CAPSET, "capset", header, (ctypes.c_uint32 * 6)())


def capabilities() -> int:
    """Return this process's effective, permitted and inheritable capabilities, ored."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()
    _syscall(SYS_CAPGET, "capget", header, sets)
    return sets[0] | sets[1] | sets[2] | (sets[3] | sets[4] | sets[5]) << 32


def errno_of(number: int) -> int:
    """Return the errno that a system call without arguments answers, or 0."""
    return ctypes.get_errno() if _libc.syscall(ctypes.c_long(number)) < 0 else 0


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def load_filter(bpf: bytes) -> None:
    """Put a ready-made seccomp filter on this thread and its children; raise OSError."""
    program = _Program(len(bpf) // 8, bpf)
    _syscall(SYS_SECCOMP, "seccomp", ctypes.c_uint(1), ctypes.c_uint(0), ctypes.byref(program))
