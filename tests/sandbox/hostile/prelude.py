"""What stands before every hostile program: its targets, and how it says that it got through."""

import ctypes
import os

TARGET = {}  # filled by the harness: paths, ports and pids outside the sandbox
RESULT = None
MIB = 1 << 20
_libc = ctypes.CDLL(None, use_errno=True)


def breach(what):
    """Say, in the two ways a program has, that something got through."""
    global RESULT
    RESULT = f"BREACH {what}"
    os.write(1, f"BREACH {what}\n".encode())


def syscall(number, *arguments):
    """Make a raw x86-64 system call; return its result, or minus the error number."""
    _libc.syscall.restype = ctypes.c_long
    words = [
        a
        if isinstance(a, (bytes, ctypes.Array)) or a is None
        else ctypes.c_long(a)
        if isinstance(a, int)
        else a
        for a in arguments
    ]
    done = _libc.syscall(ctypes.c_long(number), *words)
    return -ctypes.get_errno() if done == -1 else done


def tried(function, *arguments, **named):
    """Return what the call gives, or None when the system refuses it."""
    try:
        return function(*arguments, **named)
    except (OSError, ValueError, AttributeError, ImportError, RuntimeError, MemoryError):
        return None
