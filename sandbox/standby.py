"""The life of one child: seal, rehearse, wait for a job, run it, report once.

A child of a loaded version does not rehearse: it has its job already.
"""

from __future__ import annotations

import contextlib
import io
import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from sandbox import child, confine, probes, walls, warm, wire
from sandbox.fit import fit
from sandbox.judge import Told
from sandbox.program import Job

if TYPE_CHECKING:
    from sandbox.child.loaded import Loaded

SEALED, READY = b"S", b"R"
DRESS_REHEARSALS = 3  # what is freed is used again elsewhere: later ones find more pages
FATAL = (
    signal.SIGALRM, signal.SIGHUP, signal.SIGPROF, signal.SIGQUIT, signal.SIGTERM,
    signal.SIGUSR1, signal.SIGUSR2, signal.SIGVTALRM, signal.SIGXCPU,
)  # fmt: skip


def live(plan: confine.Plan, place: confine.Place, loaded: Loaded | None = None) -> NoReturn:
    """Be one child, from its fork to its end; never return."""
    status = confine.SEAL_FAILED
    try:
        signal.set_wakeup_fd(-1)
        confine.confine(plan, place)
        os.chdir(place.folder)
        os.write(confine.REPORT_FD, SEALED)
        status = 70
        if not loaded:
            own_streams()
            _get_warm_unless_in_a_hurry(plan, place)
        os.write(confine.REPORT_FD, READY)
        _work(loaded.run if loaded else lambda job: child.run(job, place.folder))
        status = 0
    except BaseException as error:
        _complain(error)
    finally:
        os._exit(status)


def attack(plan: confine.Plan, place: confine.Place) -> NoReturn:
    """Be a child that seals itself and then tries to break out; say how it went."""
    said = "sealed"
    try:
        confine.confine(plan, place)
        os.chdir(place.folder)
        held = probes.attack()
        broken = [f"{name}: {what}" for name, what in held.items() if what]
        said = "; ".join(broken) or said
    except BaseException as error:
        said = str(error) or type(error).__name__
    finally:
        os.write(confine.REPORT_FD if _descriptors_moved(place) else place.fds[4], said.encode())
        os._exit(0)


def _descriptors_moved(place: confine.Place) -> bool:
    try:
        os.fstat(place.fds[4])
    except OSError:
        return True
    return place.fds[4] < confine.KEPT_FDS


def own_streams() -> None:
    """Make standard output and error anew, on descriptors 1 and 2, whatever these are later."""
    for name, fd in (("stdout", 1), ("stderr", 2)):
        raw = io.FileIO(fd, "w", closefd=False)
        text = io.TextIOWrapper(
            io.BufferedWriter(raw), "utf-8", "backslashreplace", write_through=False
        )
        setattr(sys, name, text)
        setattr(sys, f"__{name}__", text)


def _get_warm_unless_in_a_hurry(plan: confine.Plan, place: confine.Place) -> None:
    if select.select([confine.JOB_FD], [], [], 0)[0]:
        return
    if not warm.touch(plan.pages):
        child.rehearse(place.folder)


def _work(run: Callable[[Job], dict[str, Any]]) -> None:
    body = _read_job()
    for number in FATAL:
        signal.signal(number, _end)
    told = run(_job(body))
    _make_room()
    frame = _frame(body, told)
    for stream in (sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(BaseException):  # the program may have put anything there
            stream.flush()  # type: ignore[union-attr]
    _write_all(confine.REPORT_FD, frame)
    os.close(confine.REPORT_FD)
    while True:  # threads may be left; the parent ends this process
        time.sleep(60)


def dress_rehearsal(folder: str) -> None:
    """Rehearse all that a child does between the bytes of a job and those of its report."""

    def act(job: Job, workdir: str) -> dict[str, Any]:
        body = bytes(wire.NONCE_BYTES) + msgspec.json.encode(job)
        told = child.run(_job(body), workdir)
        _frame(body, told)
        return told

    for _ in range(DRESS_REHEARSALS):
        child.rehearse(folder, act)
    child.expect(walls.FOLDER)


def _job(body: bytes) -> Job:
    return msgspec.json.decode(body[wire.NONCE_BYTES :], type=Job)


def _frame(body: bytes, told: dict[str, Any]) -> bytes:
    known = {key: told[key] for key in Told.__struct_fields__ if key in told}
    return wire.report_frame(body[: wire.NONCE_BYTES], fit(known))


def _end(number: int, frame: object) -> NoReturn:
    # The first process of a namespace is spared by signals that end any other.
    os._exit(128 + number)


def _read_job() -> bytes:
    data = bytearray()
    while len(data) < wire.LENGTH.size:
        data += os.read(confine.JOB_FD, 65536) or _gone()
    (size,) = wire.LENGTH.unpack_from(data)
    while len(data) < wire.LENGTH.size + size:
        data += os.read(confine.JOB_FD, 1 << 20) or _gone()
    os.close(confine.JOB_FD)
    return bytes(data[wire.LENGTH.size :])


def _gone() -> NoReturn:
    os._exit(0)


def _make_room() -> None:
    """Raise the soft memory limit to the hard one, so that a report can be written."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _write_all(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def _complain(error: BaseException) -> None:
    text = "".join(traceback.format_exception(error))[-4000:]
    with contextlib.suppress(OSError):
        os.write(2, text.encode(errors="backslashreplace"))
