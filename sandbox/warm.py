"""Touch ahead what a run will write to: a forked child's memory is copied page by page.

A trial child rehearses and says which pages became its own; each later child has the same pages
copied in a few calls, instead of some three thousand faults in the middle of a run.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import tempfile
from collections.abc import Callable, Iterator
from typing import NamedTuple

PAGE = os.sysconf("SC_PAGESIZE")
EXCLUSIVE = 1 << 56  # of a page map entry: no other process has this page
HUGE = 2 << 20
MADV_POPULATE_WRITE = 23  # Linux 5.14
MADV_COLLAPSE = 25  # Linux 6.1


class Range(NamedTuple):
    """Some pages: the address of the first, and bytes."""

    start: int
    size: int


def gather() -> None:
    """Put this process's memory into huge pages, where the kernel has them: a fork then copies
    one entry for each of them instead of 512."""
    if not os.path.exists("/proc/self/maps"):
        return
    madvise = ctypes.CDLL(None).madvise
    for start, end in _writable():
        first = -(-start // HUGE) * HUGE
        for address in range(first, end - HUGE + 1, HUGE):
            madvise(ctypes.c_void_p(address), ctypes.c_size_t(HUGE), MADV_COLLAPSE)


def pages(rehearse: Callable[[str], None]) -> tuple[Range, ...]:
    """Return the pages that `rehearse(folder)` makes a child's own; none if it cannot be known."""
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            with tempfile.TemporaryDirectory() as folder:
                rehearse(folder)
            body = b"".join(struct.pack("QQ", *each) for each in _own())
            with open(write, "wb", closefd=False) as pipe:
                pipe.write(body)
        finally:
            os._exit(0)
    os.close(write)
    with open(read, "rb") as pipe:
        body = pipe.read()
    os.waitpid(pid, 0)
    found = [Range(*each) for each in struct.iter_unpack("QQ", body[: len(body) // 16 * 16])]
    return tuple(_mapped_here(found))


def touch(ranges: tuple[Range, ...]) -> bool:
    """Copy these pages now; return False where the kernel cannot, and a rehearsal must do it."""
    madvise = ctypes.CDLL(None).madvise
    for each in ranges:
        size = ctypes.c_size_t(each.size)
        if madvise(ctypes.c_void_p(each.start), size, MADV_POPULATE_WRITE):
            return False
    return bool(ranges)


def _mapped_here(ranges: list[Range]) -> Iterator[Range]:
    """Yield the parts of the ranges that are memory of this process: the trial had some more."""
    for low, high in _writable():
        for each in ranges:
            start, end = max(low, each.start), min(high, each.start + each.size)
            if start < end:
                yield Range(start, end - start)


def _own() -> list[Range]:
    """Return the pages of this process that it shares with no other."""
    found: list[Range] = []
    with contextlib.suppress(OSError), open("/proc/self/pagemap", "rb", buffering=0) as pagemap:
        for start, end in _writable():
            pagemap.seek(start // PAGE * 8)
            body = pagemap.read((end - start) // PAGE * 8)
            for number, (entry,) in enumerate(struct.iter_unpack("Q", body)):
                if entry & EXCLUSIVE:
                    _add(found, start + number * PAGE)
    return found


def _add(found: list[Range], page: int) -> None:
    if found and found[-1].start + found[-1].size == page:
        found[-1] = Range(found[-1].start, found[-1].size + PAGE)
    else:
        found.append(Range(page, PAGE))


def _writable() -> list[tuple[int, int]]:
    found = []
    with open("/proc/self/maps") as file:
        for line in file:
            span, rights, *_ = line.split()
            if rights == "rw-p" and "[stack]" not in line:
                start, end = (int(text, 16) for text in span.split("-"))
                found.append((start, end))
    return found
