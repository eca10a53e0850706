"""The fork server's start: `python -m sandbox.forkserver FOLDER NAME`, exec'd clean by a client.

It makes its socket, leaves its caller's session, starts the zygote, and serves.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import signal
import socket
import sys
import traceback
from pathlib import Path

from sandbox import zygote
from sandbox.broker import Broker
from sandbox.gate import shipped
from sandbox.limits import limit, standbys
from sandbox.pool import ZygoteGone


def main(argv: list[str] | None = None) -> None:
    """Start the server in the background; return (exit) once its socket can be reached."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.forkserver", description=__doc__)
    parser.add_argument("folder", type=Path, help="private folder for the socket")
    parser.add_argument("name", help="name of the socket: <name>.sock")
    parser.add_argument("--tier", choices=["full", "no-namespaces"], default="full")
    parser.add_argument("--cards", type=Path, help="the card folders that come with the site")
    parser.add_argument(
        "--standbys", type=int, default=standbys(), help="children kept ready (%(default)s)"
    )
    parser.add_argument(
        "--linger",
        type=float,
        default=limit("linger"),
        help="seconds that a loaded version stays (%(default)s)",
    )
    options = parser.parse_args(argv)
    wish = zygote.Wish(tier=options.tier, directory=str(options.folder))
    start(options.folder, options.name, wish, options)


def start(folder: Path, name: str, wish: zygote.Wish, options: argparse.Namespace) -> None:
    """Make the socket, go into the background and serve there; the caller returns.

    `options` are those of the command line. One server a name: the lock is held as long as the
    server lives, however it ends.
    """
    (folder / "root").mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    lock = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # another caller was faster
    address = folder / f"{name}.sock"
    address.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    old = os.umask(0o177)
    listener.bind(str(address))
    os.umask(old)
    listener.listen(128)
    if os.fork():
        return
    with contextlib.suppress(OSError):  # the client has done it already
        os.setsid()
    try:
        _serve(listener, lock, wish, options)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(0)


def _serve(
    listener: socket.socket, lock: int, wish: zygote.Wish, options: argparse.Namespace
) -> None:
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if not pid:
        listener.close()
        ours.close()
        os.close(lock)
        try:
            zygote.main(theirs, wish)
        except BaseException as error:
            traceback.print_exc()
            print(f"The zygote could not start: {error!r}", file=sys.stderr, flush=True)
        finally:
            os._exit(1)
    theirs.close()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    os.chdir("/")
    with contextlib.suppress(ZygoteGone, KeyboardInterrupt):
        cards = shipped(options.cards)
        Broker(listener, ours, cards, options.standbys, options.linger).serve()


if __name__ == "__main__":
    main()
