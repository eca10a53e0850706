"""What a project's machine has and a sealed one has not, answered as that machine would."""

from __future__ import annotations

import errno
import fcntl
import functools
import os
import signal
import socket
import sys
import tempfile
import threading
from multiprocessing.context import BaseContext
from typing import Any

_HERE = {"localhost", "127.0.0.1", "::1"}


def furnish() -> None:
    """Answer for what the seal denies: file locks, and a mail server nobody has started."""
    from django.core.files import locks

    files: Any = locks
    files.lock, files.unlock = _lock, _unlock
    # Semaphores between processes are denied, as are processes: what a ThreadPool makes of them.
    processes: Any = BaseContext
    processes.Lock = lambda self: threading.Lock()
    processes.RLock = lambda self: threading.RLock()
    sockets: Any = socket
    sockets.create_connection = functools.partial(_connect, socket.create_connection)


def _connect(connect: Any, address: Any, *args: Any, **kwargs: Any) -> socket.socket:
    if address[0] in _HERE:
        raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
    try:
        return connect(address, *args, **kwargs)
    except PermissionError:
        raise OSError(errno.ENETUNREACH, "Network is unreachable") from None


def take_over(workdir: str) -> None:
    """Make what Python found when it started here what a program of its own would find."""
    # As many arguments as under the oracle; none is a command of Django's.
    sys.argv = ["project.py", "run", workdir]
    for name, value in (("HOME", workdir), ("LANG", "C.UTF-8"), ("PATH", os.defpath)):
        os.environ.setdefault(name, value)
    tempfile.tempdir = None  # found before the seal; looked for again when asked for
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _lock(file: Any, flags: int) -> bool:
    # flock() is denied: other runs would see its locks. These are as good on a file of one's own.
    try:
        fcntl.lockf(_number(file), flags)
    except BlockingIOError:
        return False
    return True


def _unlock(file: Any) -> bool:
    fcntl.lockf(_number(file), fcntl.LOCK_UN)
    return True


def _number(file: Any) -> int:
    return int(file.fileno() if hasattr(file, "fileno") else file)
