"""The zygote: Django loaded once, inside its walls; it forks sealed children and buries them.

It never sees a job or a report, so neither can be found in a later child's memory. It
answers the fork server over one socket, one command at a time.
"""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import gc
import hashlib
import importlib
import os
import platform
import resource
import signal
import socket
import stat
import struct
import tempfile
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from sandbox import child, confine, leftovers, linux, loader, seccomp, standby, walls, warm

if TYPE_CHECKING:
    from sandbox.child.loaded import Loaded

FORK, LOAD, BURY = b"F", b"L", b"B"
COMMAND = struct.Struct("!cq")  # and the number of a child to be, or the id of one that was
FORKED = struct.Struct("!q")
BURIED = struct.Struct("!qddq")  # wait status, user and system seconds, peak KiB

# Loaded here because their shared libraries cannot be found behind the walls.
PRELOADED = (
    "_asyncio _bisect _bz2 _contextvars _csv _ctypes _curses _datetime _decimal _elementtree "
    "_hashlib _heapq _json _lsprof _lzma _multiprocessing _opcode _pickle _posixshmem "
    "_posixsubprocess _queue _random _socket _sqlite3 _ssl _statistics _struct _uuid _zoneinfo "
    "array binascii cmath fcntl grp math mmap pyexpat readline resource select syslog termios "
    "unicodedata zlib landlockpy sandbox.child.loaded sandbox.probes sqlite3 encodings.idna "
    "encodings.latin_1 encodings.ascii encodings.punycode "
    "encodings.unicode_escape encodings.utf_16 encodings.cp1252 stringprep"
)


class Ready(msgspec.Struct):
    """What the zygote became: its tier, why it is no better, and the versions it has."""

    tier: str
    why: str
    django: str
    python: str
    pid: int = 0


class Wish(msgspec.Struct):
    """How to seal: the best tier allowed, the server's folder, the pages to be copied ahead."""

    tier: str = "full"
    directory: str = ""
    pages: tuple[warm.Range, ...] = ()


def main(control: socket.socket, wish: Wish) -> None:
    """Load Django, take the best tier allowed, say so, and serve until the socket ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.pop("MALLOC_ARENA_MAX", None)  # it was read when this process began
    child.prepare()
    with tempfile.TemporaryDirectory() as folder:
        child.rehearse(folder)  # what is made on first use is made once, here
    _preload()
    child.expect(walls.FOLDER)
    gc.collect()
    gc.freeze()
    warm.gather()
    wish.pages = warm.pages(standby.dress_rehearsal)
    why: list[str] = []
    for tier, attempt in ATTEMPTS.items():
        if tier != "full" and tier != wish.tier:
            continue
        reason = attempt(control, wish, why)
        if not reason:
            os._exit(0)  # it was served, by this process or by its walled copy
        why.append(f"{tier}: {reason}")
    plan = _plan(wish, confine.SHIPPED_ONLY)
    zygote = Zygote(control, plan, 0, _runs_folder(wish))
    zygote.serve(_ready("shipped-only", "; ".join(why)))


def _full(control: socket.socket, wish: Wish, why: Sequence[str]) -> str:
    """Let a walled copy of this process serve; return why there is none, or nothing."""
    if not linux.LINUX:
        return "not Linux"
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if not pid:
        ours.close()
        try:
            _behind_walls(control, wish, theirs)
        except (OSError, RuntimeError) as error:
            theirs.sendall(b"E" + str(error).encode())
        finally:
            os._exit(0)
    theirs.close()
    said = b""
    with ours:
        while part := ours.recv(4096):
            if part == b"M":
                try:
                    walls.write_maps(pid)
                    ours.sendall(b"M")
                except OSError as error:
                    ours.sendall(b"E" + str(error).encode())
                continue
            said += part
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
    return "" if said == b"R" else said[1:].decode(errors="replace") or "the walls fell"


def _behind_walls(control: socket.socket, wish: Wish, asked: socket.socket) -> None:
    def map_ids() -> None:
        asked.sendall(b"M")
        answer = asked.recv(4096)
        if answer != b"M":
            raise OSError(f"id maps: {answer[1:].decode(errors='replace')}")

    root = os.geteuid() == 0
    os.close(os.pidfd_open(os.getpid()))  # or nobody outside could end a run
    trees = walls.readable()
    plan = _plan(wish, confine.FULL, uids=root, readable=trees)
    pids = walls.enter(os.path.join(wish.directory, "root"), trees, map_ids)
    if "landlock" in plan.steps:
        low = [os.dup(0) for _ in range(confine.KEPT_FDS)]  # its number must be none of a run's
        plan = dataclasses.replace(plan, ruleset=confine.ruleset(trees, walls.OWN))
        for fd in low:
            os.close(fd)
    reason = _trial(plan, pids, walls.FOLDER)
    if reason:
        raise RuntimeError(reason)
    asked.sendall(b"R")
    asked.close()
    Zygote(control, plan, pids, "").serve(_ready("full", ""))


def _runs_folder(wish: Wish) -> str:
    """Return an empty folder for private folders, where a run of another uid can get to them."""
    mark = hashlib.sha256(wish.directory.encode()).hexdigest()[:8]
    path = os.path.join(tempfile.gettempdir(), f"signalbox-runs-{os.geteuid()}-{mark}")
    with contextlib.suppress(FileExistsError):
        os.mkdir(path)
    about = os.lstat(path)
    if about.st_uid != os.geteuid() or not stat.S_ISDIR(about.st_mode):
        raise RuntimeError(f"{path} belongs to somebody else")
    os.chmod(path, 0o711)  # noqa: S103 - passed through, never listed
    for left in os.scandir(path):
        leftovers.remove(left.path)
    return path


def _no_namespaces(control: socket.socket, wish: Wish, why: Sequence[str]) -> str:
    plan = _plan(wish, confine.NO_NAMESPACES, uids=os.geteuid() == 0)
    try:
        runs = _runs_folder(wish)
        with tempfile.TemporaryDirectory(dir=runs) as folder:
            reason = _trial(plan, 0, folder)
    except (OSError, RuntimeError) as error:
        reason = str(error)
    if not reason:
        Zygote(control, plan, 0, runs).serve(_ready("no-namespaces", "; ".join(why)))
    return reason


ATTEMPTS: dict[str, Callable[[socket.socket, Wish, Sequence[str]], str]] = {
    "full": _full,
    "no-namespaces": _no_namespaces,
}


def _plan(
    wish: Wish, steps: tuple[str, ...], *, uids: bool = False, readable: tuple[str, ...] = ()
) -> confine.Plan:
    return confine.Plan(
        steps=steps,
        readable=readable or walls.readable(),
        address_space=_address_space(),
        bpf=seccomp.build() if "system_calls" in steps else b"",
        uids=uids,
        first_uid=1 if "folder" in steps else confine.OUTER_UIDS,
        parent=os.getpid(),
        pages=wish.pages,
    )


def _preload() -> None:
    for name in PRELOADED.split():
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    with contextlib.suppress(OSError):
        ctypes.CDLL("libgcc_s.so.1")  # a thread's end wants it


def _address_space() -> int:
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 512 << 20  # not Linux: what is mapped there counts differently


def _ready(tier: str, why: str) -> bytes:
    import django

    ready = Ready(tier, why, django.get_version(), platform.python_version(), os.getpid())
    body = msgspec.json.encode(ready)
    return struct.pack("!I", len(body)) + body


class Zygote:
    """Forks children by one plan, and waits for them when it is told that they are dead.

    With `loaded`, the children have that version in them and begin at a case.
    """

    def __init__(
        self,
        control: socket.socket,
        plan: confine.Plan,
        pids: int,
        directory: str,
        loaded: Loaded | None = None,
    ) -> None:
        self.control = control
        self.plan = plan
        self.pids = pids
        self.directory = directory
        self.loaded = loaded
        self.folders: dict[int, str] = {}

    def serve(self, greeting: bytes) -> None:
        """Say what this is, then obey the fork server until it goes; never return."""
        self.control.sendall(greeting)
        try:
            while self.obey():
                pass
        except OSError:
            pass
        finally:
            for pid in list(self.folders):  # with a process namespace, the kernel ends them all
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
                self.bury(pid)
            os._exit(0)

    def obey(self) -> bool:
        """Do one command; return False when the fork server is gone."""
        command, fds, _, _ = socket.recv_fds(self.control, COMMAND.size, confine.KEPT_FDS)
        if len(command) < COMMAND.size:
            return False
        word, number = COMMAND.unpack(command)
        if word == FORK:
            self.fork(number, tuple(fds))
        elif word == LOAD:
            self.load(fds[0])
        else:
            self.control.sendall(BURIED.pack(*self.bury(number)))
        return True

    def fork(self, number: int, fds: tuple[int, ...]) -> None:
        """Fork a child that seals itself and waits for a job; answer with its id and handle."""
        folder = walls.FOLDER if self.pids else tempfile.mkdtemp(dir=self.directory)
        place = confine.Place(number, folder, fds)
        if not self.pids and self.plan.uids:
            uid = self.plan.first_uid + number % confine.UIDS
            os.chown(folder, uid, uid)
        if self.pids:
            linux.setns(self.pids, linux.CLONE_NEWPID)
            linux.unshare(linux.CLONE_NEWPID)
        pid = os.fork()
        if not pid:
            standby.live(self.plan, place, self.loaded)
        self.folders[pid] = folder
        self.answer(pid, fds)

    def load(self, fd: int) -> None:
        """Fork a copy of this that loads a version, and then obeys whoever has the other end."""
        linux.setns(self.pids, linux.CLONE_NEWPID)
        pid = os.fork()
        if not pid:
            try:
                self.control.close()
                control = socket.socket(fileno=fd)
                loaded = loader.load(control)
                if loaded:
                    Zygote(control, self.plan, self.pids, "", loaded).serve(loader.LOADED)
                control.sendall(loader.CANNOT)
            finally:
                os._exit(0)
        self.answer(pid, (fd,))

    def answer(self, pid: int, fds: tuple[int, ...]) -> None:
        """Tell the id and a handle of a child, which has the descriptors now."""
        for fd in fds:
            os.close(fd)
        answer = FORKED.pack(pid)
        try:
            handle = os.pidfd_open(pid)
        except (AttributeError, OSError):  # without namespaces, the id is enough
            self.control.sendall(answer)
            return
        socket.send_fds(self.control, [answer], [handle])
        os.close(handle)

    def bury(self, pid: int) -> tuple[int, float, float, int]:
        """Wait for a child; return wait status, user and system seconds, peak memory in KiB."""
        try:
            _, status, usage = os.wait4(pid, 0)
        except ChildProcessError:
            return 0, 0.0, 0.0, 0
        folder = self.folders.pop(pid, "")
        if folder and not self.pids:
            leftovers.remove(folder)
        return status, usage.ru_utime, usage.ru_stime, usage.ru_maxrss


def _trial(plan: confine.Plan, pids: int, folder: str) -> str:
    """Seal one child and let it attack; return what is wrong in words, or nothing."""
    read, write = os.pipe()
    null = os.open(os.devnull, os.O_RDWR) if not pids else os.dup(write)
    if plan.uids and not pids:
        os.chown(folder, plan.first_uid, plan.first_uid)
    if pids:
        linux.setns(pids, linux.CLONE_NEWPID)
        linux.unshare(linux.CLONE_NEWPID)
    pid = os.fork()
    if not pid:
        place = confine.Place(0, folder, (null, null, null, null, write))
        standby.attack(plan, place)
    os.close(write)
    os.close(null)
    with open(read, "rb") as pipe:
        said = pipe.read(64 << 10)
    os.waitpid(pid, 0)
    return "" if said == b"sealed" else said.decode(errors="replace") or "a sealed child died"
