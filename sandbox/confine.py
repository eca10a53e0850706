"""Seal this process, step by step, before it reads a job; a step that fails ends it.

The order matters: identity is given up while there is still the right to do it, and the
system call filter comes last because it forbids all the steps before.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox import linux, seccomp
from sandbox.limits import MIB, limit
from sandbox.warm import Range

SEAL_FAILED = 71  # the exit status of a child that could not be sealed

JOB_FD, REPORT_FD = 3, 4
KEPT_FDS = 5  # stdin, stdout, stderr, job, report

# Children of one server never share an outer uid while they live.
OUTER_UIDS = 0x70010000
UIDS = 4096


@dataclass(frozen=True)
class Plan:
    """What a child is sealed with: made once in the zygote, before any child.

    `readable` are the trees that landlock lets it read, `folder` its private folder (mounted
    by the child itself where there are namespaces), `address_space` the bytes of address space
    the zygote has, `uids` whether there is another uid to become, `pages` what to warm,
    `ruleset` landlock's rules where all children can have the same.
    """

    steps: tuple[str, ...]
    readable: tuple[str, ...]
    address_space: int
    bpf: bytes = b""
    uids: bool = False
    first_uid: int = 1
    parent: int = 0
    pages: tuple[Range, ...] = ()
    ruleset: Any = None


@dataclass(frozen=True)
class Place:
    """Where one child lives: its number, its private folder, and its five descriptors."""

    number: int
    folder: str
    fds: tuple[int, ...]


def confine(plan: Plan, place: Place) -> None:
    """Take every step of the plan on this process; raise OSError or RuntimeError at the first
    that fails, naming the step."""
    for name in plan.steps:
        try:
            STEPS[name](plan, place)
        except (OSError, RuntimeError, ValueError) as error:
            raise RuntimeError(f"{name}: {error}") from error


def session(plan: Plan, place: Place) -> None:
    """Leave the session and process group: kill(0) reaches nobody else."""
    os.setsid()
    _must(os.getsid(0) == os.getpid(), "not a session of its own")


def descriptors(plan: Plan, place: Place) -> None:
    """Put the five descriptors of a run where they belong: 0 to 4."""
    high = [os.dup(fd) for fd in place.fds]  # out of the way of 0 to 4, whatever they were
    while min(high) < KEPT_FDS:
        high = [os.dup(fd) for fd in high]
    for number, fd in enumerate(high):
        os.dup2(fd, number, inheritable=False)


def no_others(plan: Plan, place: Place) -> None:
    """Close every other descriptor, but for landlock's rules, which that step closes."""
    last = min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 1 << 16)
    kept = plan.ruleset.fileno() if plan.ruleset else KEPT_FDS
    os.closerange(KEPT_FDS, kept)
    os.closerange(kept + 1 if plan.ruleset else kept, last + 1)


def mounts(plan: Plan, place: Place) -> None:
    """Enter a mount namespace: what is mounted from here on is this run's own.

    The process namespace is the zygote's doing, since it begins with a fork; the user
    namespace comes after the uid.
    """
    linux.unshare(linux.CLONE_NEWNS)
    _must(os.getpid() == 1, "not the first process of its namespace")


def network(plan: Plan, place: Place) -> None:
    """Enter a network namespace with no way out of it, not even to itself."""
    linux.unshare(linux.CLONE_NEWNET)


def ipc(plan: Plan, place: Place) -> None:
    """Enter a namespace for shared memory, semaphores and message queues."""
    linux.unshare(linux.CLONE_NEWIPC)


def host_name(plan: Plan, place: Place) -> None:
    """Enter a namespace for the host's name, and have another."""
    linux.unshare(linux.CLONE_NEWUTS)
    socket.sethostname("sandbox")


def folder(plan: Plan, place: Place) -> None:
    """Mount the private folder: memory, bounded in bytes and files, gone with the process."""
    uid = plan.first_uid + place.number % UIDS if plan.uids else 0
    options = (
        f"size={limit('folder')},nr_inodes={limit('folder_files')},mode=0700,uid={uid},gid={uid}"
    )
    flags = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
    linux.mount("tmpfs", place.folder, "tmpfs", flags, options)


def uid(plan: Plan, place: Place) -> None:
    """Become a user that owns nothing, with no groups."""
    if not plan.uids:
        return
    if "user" not in plan.steps:  # a user namespace begins with all of them again
        linux.bound_capabilities()
    number = plan.first_uid + place.number % UIDS
    os.setgroups([])
    os.setresgid(number, number, number)
    os.setresuid(number, number, number)
    _must(os.getresuid() == (number,) * 3, "another uid could not be taken")


def limits(plan: Plan, place: Place) -> None:
    """Bound memory, time, files and threads; a limit once lowered cannot be raised."""
    soft = plan.address_space + limit("memory") * MIB
    for kind, low, high in (
        (resource.RLIMIT_AS, soft, soft + limit("memory_spare") * MIB),
        (resource.RLIMIT_CPU, limit("cpu"), limit("cpu")),
        (resource.RLIMIT_NOFILE, limit("files"), limit("files")),
        (resource.RLIMIT_FSIZE, limit("file_size"), limit("file_size")),
        (resource.RLIMIT_NPROC, limit("threads") + 1, limit("threads") + 1),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_STACK, limit("stack") * MIB, limit("stack") * MIB),
        *((kind, 0, 0) for kind in _linux_only("RLIMIT_MSGQUEUE", "RLIMIT_MEMLOCK")),
    ):
        resource.setrlimit(kind, (low, high))
        _must(resource.getrlimit(kind) == (low, high), f"limit {kind} was not taken")


def user(plan: Plan, place: Place) -> None:
    """Enter a user namespace that maps nobody: rights gained in it reach nothing outside."""
    linux.unshare(linux.CLONE_NEWUSER)


def capabilities(plan: Plan, place: Place) -> None:
    """Give up every capability; a user namespace entered without exec has them all."""
    linux.bound_capabilities()
    linux.clear_capabilities()
    _must(linux.capabilities() == 0, "capabilities are left")


def no_new_privs(plan: Plan, place: Place) -> None:
    """No program can give privileges back; memory cannot be read by others of this uid."""
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    _must(linux.prctl(linux.PR_GET_NO_NEW_PRIVS) == 1, "no_new_privs was not taken")
    linux.prctl(linux.PR_SET_DUMPABLE, 0)


def parent(plan: Plan, place: Place) -> None:
    """Die with the zygote. A change of identity clears this, so it comes after."""
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    _must(os.getppid() in (0, plan.parent), "the zygote is gone")


def landlock(plan: Plan, place: Place) -> None:
    """Allow reading the libraries, and the private folder; no TCP, no signal to others."""
    rules = plan.ruleset or ruleset(plan.readable, place.folder)
    with rules:
        rules.restrict(no_new_privs=False)  # a step of its own


def ruleset(readable: tuple[str, ...], own_folder: str) -> Any:
    """Return landlock's rules; made once where every child's folder lies below the same one."""
    from landlockpy import AccessFS, Ruleset, Scope

    read = AccessFS.READ_FILE | AccessFS.READ_DIR
    own = (
        read | AccessFS.WRITE_FILE | AccessFS.TRUNCATE | AccessFS.MAKE_REG | AccessFS.MAKE_DIR
        | AccessFS.MAKE_SYM | AccessFS.REMOVE_FILE | AccessFS.REMOVE_DIR
    )  # fmt: skip
    if hidden := [path for path in readable if not os.access(path, os.R_OK)]:
        raise PermissionError(f"{hidden[0]} cannot be read by another user than its owner")
    rules = Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL)
    _must(rules.abi_version >= 6, f"landlock ABI {rules.abi_version}, at least 6 is needed")
    for path in readable:
        rules.allow_path(path, read if os.path.isdir(path) else AccessFS.READ_FILE)
    rules.allow_path(own_folder, own)
    return rules


def system_calls(plan: Plan, place: Place) -> None:
    """Load the system call filter. Nothing after this step can be taken back."""
    linux.load_filter(seccomp.for_process(plan.bpf, os.getpid()))
    # A call no kernel has: EPERM comes from the filter, ENOSYS would come from the kernel.
    _must(linux.errno_of(1000) == errno.EPERM, "the filter is not in force")


STEPS: dict[str, Callable[[Plan, Place], None]] = {
    step.__name__: step
    for step in (
        session, descriptors, no_others, mounts, network, ipc, host_name, folder, uid, limits,
        user, capabilities, no_new_privs, parent, landlock, system_calls,
    )
}  # fmt: skip

FULL = tuple(STEPS)
_NAMESPACED = ("mounts", "network", "ipc", "host_name", "folder", "user")
NO_NAMESPACES = tuple(name for name in FULL if name not in _NAMESPACED)
# A machine that cannot seal: only what is as trusted as this site's own code runs here.
SHIPPED_ONLY = ("session", "descriptors", "no_others", "limits")


def _linux_only(*names: str) -> list[int]:
    return [getattr(resource, name) for name in names if hasattr(resource, name)]


def _must(held: bool, otherwise: str) -> None:
    if not held:
        raise RuntimeError(otherwise)
