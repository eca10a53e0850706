"""The fork server's conversation with its clients: who asked for what, and whose turn it is.

What happens to the children is in pool.py. Neither loads Django, runs a program, or judges a
report.
"""

from __future__ import annotations

import os
import selectors
import socket
import struct
import sys
import time
from collections import deque

import msgspec

from sandbox import wire
from sandbox.fairness import Fairness, Refused
from sandbox.gate import Shipped
from sandbox.limits import limit
from sandbox.pool import READ, WRITE, Pool
from sandbox.process import Work
from sandbox.program import Job
from sandbox.zygote import Ready

RETIRED_S = 2  # a retired server still serves those who find it


class Peer:
    """One client: its socket, the run it asked for, and its jobs in order."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.frames = wire.Frames()
        self.out = bytearray()
        self.run: wire.Run | None = None
        self.waiting: deque[wire.Task] = deque()
        self.expected = self.left = 0
        self.asking = self.stopped = False


class Broker:
    """The fork server; it keeps `standbys` children ready.

    `shipped` has the digests of what comes with the site; a version that was loaded stays for
    `linger` seconds.
    """

    def __init__(
        self,
        listener: socket.socket,
        control: socket.socket,
        shipped: Shipped,
        standbys: int,
        linger: float,
    ) -> None:
        self.listener = listener
        self.address = listener.getsockname()
        self.shipped = shipped
        self.standbys = standbys
        self.selector = selectors.DefaultSelector()
        self.pool = Pool(control, self.selector, self.done, self.got_ready, linger)
        self.peers: dict[socket.socket, Peer] = {}
        self.turns: deque[Peer] = deque()
        self.fairness = Fairness()
        self.runs = 0
        self.retired = False
        self.used = time.monotonic()

    def serve(self) -> None:
        """Serve until nobody has asked for long, or newer code has taken over."""
        self.listener.setblocking(False)
        self.selector.register(self.listener.fileno(), READ, self.accept)
        while not self.finished():
            for key, events in self.selector.select(self.pool.until_next()):
                if self.selector.get_map().get(key.fd) is key:  # not closed meanwhile
                    key.data(events)
            self.pool.check_times()
            self.start_work()

    def finished(self) -> bool:
        """Whether nobody is served, and nobody will be: long idle, retired, or not to be found."""
        if self.peers:
            return False
        idle = time.monotonic() - self.used
        if not os.path.exists(self.address):
            self.retired = True
        return idle > (RETIRED_S if self.retired else limit("idle"))

    def accept(self, events: int) -> None:
        try:
            sock, _ = self.listener.accept()
        except OSError:
            return
        if not _same_user(sock):
            sock.close()
            return
        sock.setblocking(False)
        peer = self.peers[sock] = Peer(sock)
        self.selector.register(sock.fileno(), READ, lambda events: self.hear_peer(peer, events))

    def hear_peer(self, peer: Peer, events: int) -> None:
        if events & WRITE:
            self.send(peer)
        if not events & READ:
            return
        try:
            data = peer.sock.recv(1 << 18)
            messages = [wire.unpack(body) for body in peer.frames.feed(data)]
            for message in messages:
                if peer.sock in self.peers:  # an answer to the last may have found it gone
                    self.obey(peer, message)
        except (OSError, wire.FrameError):
            data = b""
        if not data:
            self.drop(peer)

    def obey(self, peer: Peer, message: wire.Message) -> None:
        self.used = time.monotonic()
        if isinstance(message, wire.Run):
            self.admit(peer, message)
        elif isinstance(message, wire.Task):
            self.queue(peer, message)
        elif isinstance(message, wire.Stop):
            self.stop(message.id)
        elif isinstance(message, wire.Ask):
            peer.asking = True
            self.tell_state(peer)
        elif isinstance(message, wire.Retire):
            self.retired = True
        else:
            raise wire.FrameError("not for a fork server")

    def admit(self, peer: Peer, run: wire.Run) -> None:
        if peer.run or not 0 < run.count <= 10_000:
            raise wire.FrameError("a run out of turn")
        try:
            self.fairness.admit(run.who, peer)
        except Refused as refusal:
            self.answer(peer, wire.Full(str(refusal)))
            return
        peer.run = run
        peer.expected = peer.left = run.count

    def queue(self, peer: Peer, task: wire.Task) -> None:
        if not peer.run or peer.expected == 0:
            if peer.run:
                raise wire.FrameError("more jobs than announced")
            return  # it was refused; the answer is on its way
        peer.expected -= 1
        peer.waiting.append(task)
        if peer not in self.turns:
            self.turns.append(peer)

    def stop(self, run_id: str) -> None:
        for peer in list(self.peers.values()):
            if run_id and peer.run and peer.run.id == run_id:
                peer.stopped = True
                self.pool.stop(peer)

    def tell_state(self, peer: Peer) -> None:
        ready = self.pool.ready
        if not ready:
            return
        state = wire.State(
            tier=ready.tier,
            why=self.pool.complaint or ready.why,
            django=ready.django,
            python=ready.python,
            pid=os.getpid(),
            standbys=self.pool.standing(),
            going=self.pool.going(),
            waiting=sum(len(other.waiting) for other in self.peers.values()),
            runs=self.runs,
            loaded=self.pool.loaded,
            pids=self.pool.pids(),
        )
        self.answer(peer, state)
        peer.asking = False

    def answer(self, peer: Peer, message: wire.Message) -> None:
        if peer.sock.fileno() >= 0:
            peer.out += wire.pack(message)
            self.send(peer)

    def send(self, peer: Peer) -> None:
        try:
            while peer.out:
                del peer.out[: peer.sock.send(peer.out)]
        except BlockingIOError:
            pass
        except OSError:
            self.drop(peer)
            return
        wanted = READ | WRITE if peer.out else READ
        key = self.selector.get_key(peer.sock.fileno())
        if key.events != wanted:
            self.selector.modify(peer.sock.fileno(), wanted, key.data)

    def drop(self, peer: Peer) -> None:
        """Forget a client; what it asked for is ended."""
        if self.peers.pop(peer.sock, None) is None:
            return
        self.selector.unregister(peer.sock.fileno())
        peer.sock.close()
        if peer in self.turns:
            self.turns.remove(peer)
        self.leave(peer)
        self.pool.stop(peer)
        self.pool.release(peer)

    # Turns

    def got_ready(self, ready: Ready) -> None:
        """Learn what can be run on this machine; whoever asked is told."""
        print(f"tier {ready.tier} {ready.why}", file=sys.stderr, flush=True)
        for peer in list(self.peers.values()):
            if peer.asking:
                self.tell_state(peer)

    def start_work(self) -> None:
        """Give free places to the jobs whose turn it is, one client after the other.

        While jobs wait, the cores are better used for them than for children to stand by.
        """
        if not self.pool.ready:
            return
        while self.pool.has_place() and (peer := self.next_peer()):
            task = peer.waiting.popleft()
            if peer.waiting:
                self.turns.append(peer)
            self.start(peer, task)
        self.pool.refill(0 if self.turns else self.standbys)

    def next_peer(self) -> Peer | None:
        """Take the next client in turn; a learner's second run waits for the first."""
        for peer in self.turns:
            if peer.run and self.fairness.is_first(peer.run.who, peer):
                self.turns.remove(peer)
                return peer
        return None

    def start(self, peer: Peer, task: wire.Task) -> None:
        if peer.stopped:
            self.done(peer, wire.Ran(task.index, "stopped", self.tier))
        elif why := self.refusal(task):
            self.done(peer, wire.Ran(task.index, "refused", self.tier, why=why))
        else:
            self.pool.begin(Work(peer, task, self.base(task)))

    def base(self, task: wire.Task) -> str:
        """Return the digest of what may be loaded once for this job and others, or nothing."""
        if not (task.siblings or self.pool.versions):
            return ""
        job = _job(task)
        return job.base if job and job.base in self.shipped.bases else ""

    @property
    def tier(self) -> str:
        return self.pool.ready.tier if self.pool.ready else ""

    def refusal(self, task: wire.Task) -> str:
        """Return why this program may not run on this machine, or nothing."""
        ready = self.pool.ready
        if not ready or ready.tier != "shipped-only":
            return ""
        job = _job(task)
        if job and job.digest in self.shipped.jobs:
            return ""
        return f"This machine runs only the programs that come with the site. {ready.why}"

    def done(self, peer: Peer, ran: wire.Ran) -> None:
        """Tell a client what became of one job."""
        self.runs += 1
        self.used = time.monotonic()
        self.answer(peer, ran)
        peer.left -= 1
        if not peer.left:
            self.leave(peer)

    def leave(self, peer: Peer) -> None:
        """Give a client's place back, once: it may go at the very end of its run."""
        if peer.run:
            self.fairness.leave(peer.run.who, peer)
            peer.run = None
            self.pool.release(peer)


def _job(task: wire.Task) -> Job | None:
    try:
        return msgspec.json.decode(task.job, type=Job)
    except (msgspec.MsgspecError, RecursionError):
        return None


def _same_user(sock: socket.socket) -> bool:
    """Whether the other end runs as the user of this server, or as root."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True  # the folder's mode is the guard
    size = struct.calcsize("3i")
    _, uid, _ = struct.unpack("3i", sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    return uid in (0, os.geteuid())
