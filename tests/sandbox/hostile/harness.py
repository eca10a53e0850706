"""The hostile programs, what each expects, and the host they attack."""

from __future__ import annotations

import ctypes
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.program import Job

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PRELUDE = (HERE / "prelude.py").read_text()
CANARY = "canary-7f3a91"
OUTCOMES = {"ok", "error", "time_limit", "memory_limit", "output_limit", "crashed"}
ENDLESS_S = 1.5


@dataclass(frozen=True)
class Hostile:
    """One program: `expect` are the right outcomes, `control` is how it shows that it works."""

    name: str
    source: str
    expect: frozenset[str]
    control: str
    file: str
    twice: bool
    allow: str

    def text(self, target: dict[str, Any]) -> str:
        """Return the program with its targets filled in."""
        head = PRELUDE.replace("TARGET = {}", f"TARGET = {target!r}", 1)
        return f"{head}\n{self.source}"

    def job(self, target: dict[str, Any]) -> Job:
        """Return the job that attacks the sandbox, in the case unless the program says where."""
        text, files = self.text(target), {"models.py": ""}
        setup = text if self.file == "setup" else None
        if self.file and not setup:
            files[self.file] = text
        action = "" if self.file else text
        name = self.name.replace("/", "-")
        return Job(
            program=name, version="hostile", case="attack", files=files, setup=setup, action=action
        )


def read(path: Path) -> Hostile:
    source = path.read_text()
    notes = {}
    for line in source.splitlines():
        if line.startswith("# ") and line[2:].split(":")[0] in NOTES:
            key, _, value = line[2:].partition(":")
            notes[key] = value.strip()
    return Hostile(
        name=f"{path.parent.name}/{path.stem}",
        source=source,
        expect=frozenset(notes.get("expect", "ok").split()),
        control=notes.get("control", "breach"),
        file=notes.get("file", ""),
        twice="twice" in notes,
        allow=notes.get("allow", ""),
    )


NOTES = ("expect", "control", "file", "twice", "allow")
PROGRAMS = {p.name: p for p in map(read, sorted((HERE / "programs").glob("*/*.py")))}


@contextmanager
def host() -> Iterator[dict[str, Any]]:
    """Give the targets on this machine: files, sockets and a process that anyone may reach."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="signalbox-host-")))
        folder.chmod(0o777)
        secret, victim_file = folder / "secret", folder / "victim"
        secret.write_text(f"{CANARY} of a file")
        victim_file.write_text("intact")
        secret.chmod(0o644)
        database = make_database(folder / "database")
        fds = [os.open(secret, os.O_RDONLY), os.open(folder, os.O_RDONLY)]
        fds.append(stack.enter_context(socket.socket(socket.AF_UNIX)).fileno())
        for fd in fds:
            os.set_inheritable(fd, True)
        for fd in fds[:2]:
            stack.callback(os.close, fd)
        about = secret.stat()
        library = os.stat(os.__file__)
        pid, address = stack.enter_context(victim())
        yield {
            "secret": str(secret),
            "secret_inode": [about.st_dev, about.st_ino],
            "os_file": [library.st_dev, library.st_ino],
            "victim_file": str(victim_file),
            "folder": str(folder),
            "database": str(database),
            "project": str(ROOT),
            "fd": fds[0],
            "fds": fds,
            "canary": CANARY,
            "key": 0x51640000 | os.getpid() & 0xFFFF,  # of shared memory: no other worker's
            "pid": pid,
            "address": address,
            **listeners(stack, folder),
        }


def make_database(path: Path) -> Path:
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (secret TEXT)")
        connection.execute("INSERT INTO t VALUES (?)", [CANARY])
    connection.close()
    path.chmod(0o666)
    return path


VICTIM = """
import ctypes, signal, time
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
buffer = ctypes.create_string_buffer(b"secret in memory", 64)
print(ctypes.addressof(buffer), flush=True)
time.sleep(10**6)
"""


@contextmanager
def victim() -> Iterator[tuple[int, int]]:
    """Give the pid of a process of its own group, and an address in its memory."""
    process = subprocess.Popen(
        [sys.executable, "-c", VICTIM], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        yield process.pid, int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def listeners(stack: ExitStack, folder: Path) -> dict[str, Any]:
    """Listen in every family a program may try; return where."""
    tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=64))
    port6 = 0
    if socket.has_dualstack_ipv6():
        tcp6 = socket.create_server(("::1", 0), family=socket.AF_INET6)
        port6 = stack.enter_context(tcp6).getsockname()[1]
    places = {"unix": str(folder / "socket"), "abstract": f"\0signalbox-{os.getpid()}"}
    for place in places.values():
        listener = stack.enter_context(socket.socket(socket.AF_UNIX))
        listener.bind(place)
        listener.listen(64)
    Path(places["unix"]).chmod(0o777)
    datagram = f"\0signalbox-datagram-{os.getpid()}"
    stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)).bind(datagram)
    return {"port": tcp.getsockname()[1], "port6": port6, **places, "abstract_datagram": datagram}


def control(program: Hostile, target: dict[str, Any]) -> str:
    """Run the program unsealed in a plain Python; return "" when the attack works, or why not."""
    Path(target["victim_file"]).write_text("intact")
    with tempfile.TemporaryDirectory(prefix="signalbox-control-") as folder:
        texts = [unsealed(program, target, folder) for _ in range(1 + program.twice)]
        text, status = texts[-1]
    forget_shared_memory(target["key"])
    good = {
        "breach": b"BREACH" in text,
        "endless": status is None,
        "exits": status is not None and b"REACHED THE END" not in text,
        "floods": len(text) > 1 << 20,
    }[program.control.split()[0]]
    if program.name.startswith("forging/"):
        good = good or b"FORGED" in text or b"\xff" * 64 in text
    return "" if good else f"{program.name}: status {status}, output {text[-2000:]!r}"


def unsealed(program: Hostile, target: dict[str, Any], folder: str) -> tuple[bytes, int | None]:
    """Return all that the program wrote, and its status (None: it had to be ended)."""
    path = Path(folder, "attack.py")
    reader, writer = os.pipe()  # a naive parent believes what comes by it
    path.write_text(program.text(target) + '\nprint("REACHED THE END")\n', errors="surrogatepass")
    process = subprocess.Popen(
        [sys.executable, str(path)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=[*target["fds"], writer],
        env={"PATH": os.environ["PATH"], "CANARY": CANARY},
    )
    os.close(writer)
    seconds = ENDLESS_S if program.control.startswith("endless") else 30
    with open(reader, "rb") as heard:
        try:
            text, _ = process.communicate(timeout=seconds)
            return text + heard.read(), process.returncode
        except subprocess.TimeoutExpired:
            process.kill()
            text, _ = process.communicate()
            return text, None


def forget_shared_memory(key: int) -> None:
    """Remove what the controls leave in the kernel on purpose."""
    libc = ctypes.CDLL(None)
    segment = libc.shmget(key, 4096, 0o666)
    if segment >= 0:
        libc.shmctl(segment, 0, None)


def comparable(report: Any) -> str:
    """Return what two runs of one job must share: all but times, pids and addresses."""
    import msgspec

    data = msgspec.to_builtins(report)
    for key in ("wall_ms", "cpu_ms", "peak_rss_mb", "measured_at"):
        data.pop(key)
    for event in data["events"]:
        event.pop("ms")
    return json.dumps(data, sort_keys=True)
