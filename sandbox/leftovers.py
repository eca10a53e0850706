"""Remove what a run left in a private folder on disk, however deep and however locked it is."""

from __future__ import annotations

import contextlib
import os
from itertools import count

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


def remove(path: str) -> None:
    """Remove the tree at `path`, following no link; what cannot be removed stays.

    shutil.rmtree() recurses and holds a descriptor a level, so a thousand folders in each other
    would end its caller. Here what is in a folder is moved to the top before the folder goes.
    """
    with contextlib.suppress(OSError):
        top = os.open(path, FOLDER)
        try:
            _empty(top)
        finally:
            os.close(top)
        os.rmdir(path)


def _empty(top: int) -> None:
    numbers = count()
    taken = set(os.listdir(top))
    waiting = list(taken)
    while waiting:
        name = waiting.pop()
        try:
            os.unlink(name, dir_fd=top)
            continue
        except OSError:  # a folder then
            os.chmod(name, 0o700, dir_fd=top)  # noqa: S103 - it may be locked; nobody is left in it
        folder = os.open(name, FOLDER, dir_fd=top)
        try:
            for inner in os.listdir(folder):
                new = next(text for text in map(str, numbers) if text not in taken)
                os.rename(inner, new, src_dir_fd=folder, dst_dir_fd=top)
                waiting.append(new)
        finally:
            os.close(folder)
        os.rmdir(name, dir_fd=top)
