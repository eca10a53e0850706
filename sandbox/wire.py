"""What goes over the sockets and pipes of the sandbox: frames, and the messages in them.

Every frame is a length (4 bytes, big endian) and as many bytes. Between client and fork
server the bytes are one message in MessagePack; from a child, a nonce and a JSON report.
"""

from __future__ import annotations

import hmac
import struct
from typing import Any

import msgspec

from sandbox.limits import KIB, limit

LENGTH = struct.Struct("!I")
NONCE_BYTES = 16
REPORT_CAP = NONCE_BYTES + limit("report")
MESSAGE_CAP = limit("job") + limit("report") + 2 * limit("output") + 64 * KIB


class FrameError(Exception):
    """Bytes that are no frame of ours: too long, or more than one where one is due."""


class Run(msgspec.Struct, tag="run", forbid_unknown_fields=True):
    """Ask for `count` runs; each job follows as a `Task`. `who` is opaque and may be empty."""

    count: int
    who: str = ""
    id: str = ""
    wall_s: float = 0.0


class Task(msgspec.Struct, tag="task", forbid_unknown_fields=True):
    """One job of the run asked for, as JSON, with its place in the caller's order.

    `siblings` of the jobs that are still to come have the same program, in other cases.
    """

    index: int
    job: bytes
    siblings: int = 0


class Stop(msgspec.Struct, tag="stop", forbid_unknown_fields=True):
    """End the run with this id at once."""

    id: str


class Ask(msgspec.Struct, tag="ask", forbid_unknown_fields=True):
    """Ask what the server is; the answer is `State`."""


class Retire(msgspec.Struct, tag="retire", forbid_unknown_fields=True):
    """End once nothing is going on: newer code has its own server."""


class Ran(msgspec.Struct, tag="ran", forbid_unknown_fields=True):
    """What the parent saw of one run, and the bytes the child claims as its report.

    `cause` is `report`, `died`, `wall`, `flood`, `stopped`, `forged` or `refused`; `status`
    the wait status of a child that died; times in ms, memory in MiB.
    """

    index: int
    cause: str
    tier: str
    payload: bytes = b""
    stdout: bytes = b""
    stderr: bytes = b""
    stdout_cut: bool = False
    stderr_cut: bool = False
    status: int = 0
    wall_ms: float = 0.0
    cpu_ms: float = 0.0
    peak_rss_mb: float = 0.0
    why: str = ""


class Full(msgspec.Struct, tag="full", forbid_unknown_fields=True):
    """The queue, or this learner's share of it, is full; `why` in words."""

    why: str


class State(msgspec.Struct, tag="state", forbid_unknown_fields=True):
    """What the server is: its tier, why it is no better, versions, and what it holds.

    `runs` and `loaded` count the runs, and the versions loaded for several cases, so far.
    """

    tier: str
    why: str
    django: str
    python: str
    pid: int
    standbys: int
    going: int
    waiting: int
    runs: int
    loaded: int
    pids: list[int] = []


Message = Run | Task | Stop | Ask | Retire | Ran | Full | State

_decoder = msgspec.msgpack.Decoder(Message)
_encoder = msgspec.msgpack.Encoder()


def pack(message: Any) -> bytes:
    """Return the frame of one message."""
    body = _encoder.encode(message)
    return LENGTH.pack(len(body)) + body


def unpack(body: bytes) -> Message:
    """Return the message of one frame; raise FrameError if it is none of ours."""
    try:
        return _decoder.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise FrameError(str(error)) from None


class Frames:
    """Cut a stream into frames, holding at most `cap` bytes of an unfinished one."""

    def __init__(self, cap: int = MESSAGE_CAP) -> None:
        self._cap = cap
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Return the frames that `data` completes; raise FrameError for one over the cap."""
        self._buffer += data
        done = []
        while len(self._buffer) >= LENGTH.size:
            (size,) = LENGTH.unpack_from(self._buffer)
            if size > self._cap:
                raise FrameError(f"a frame of {size} bytes; at most {self._cap}")
            end = LENGTH.size + size
            if len(self._buffer) < end:
                break
            done.append(bytes(self._buffer[LENGTH.size : end]))
            del self._buffer[:end]
        return done


def report_frame(nonce: bytes, payload: bytes) -> bytes:
    """Return the one frame a child writes: length, nonce, report."""
    return LENGTH.pack(len(nonce) + len(payload)) + nonce + payload


class ReportReader:
    """Read one child's report pipe: exactly one frame, with this run's nonce, then the end.

    Whatever a child writes, at most one frame and one byte over is kept in memory.
    """

    def __init__(self, nonce: bytes) -> None:
        self._nonce = nonce
        self._buffer = bytearray()
        self.wrong = ""

    def feed(self, data: bytes) -> None:
        """Take bytes as they come; `wrong` says in words why they are no report."""
        room = LENGTH.size + REPORT_CAP + 1 - len(self._buffer)
        self._buffer += data[:room]
        if len(self._buffer) < LENGTH.size:
            return
        (size,) = LENGTH.unpack_from(self._buffer)
        if not NONCE_BYTES <= size <= REPORT_CAP:
            self.wrong = "a report of an impossible length"
        elif len(self._buffer) > LENGTH.size + size:
            self.wrong = "more than one report"

    @property
    def complete(self) -> bool:
        """Whether one whole frame is here."""
        if self.wrong or len(self._buffer) < LENGTH.size:
            return False
        (size,) = LENGTH.unpack_from(self._buffer)
        return len(self._buffer) == LENGTH.size + size

    def payload(self) -> bytes:
        """Return the report's bytes; raise FrameError if there is not exactly one."""
        if self.wrong:
            raise FrameError(self.wrong)
        if not self._buffer:
            raise FrameError("no report")
        if not self.complete:
            raise FrameError("half a report")
        body = bytes(self._buffer[LENGTH.size :])
        if not hmac.compare_digest(body[:NONCE_BYTES], self._nonce):
            raise FrameError("a report without this run's nonce")
        return body[NONCE_BYTES:]
