"""The files of a learner's own program: which names are legal, and adding, renaming, deleting.

The layout is that of docs/program-layout.md: modules and packages, fixtures, templates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from questions.card import named
from sandbox.limits import limit

Files = dict[str, str]
KIB = 1024
FILES = 12  # more files than this are no example any more
LONGEST = 60  # characters of a name
FOLDERS = 3
PART = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
NOT_MINE = ("setup.py", "project.json")


class BadName(ValueError):
    """This file cannot be made or taken away; the text says why, to a learner."""


class TooLong(ValueError):
    """A file, or all of them, is longer than the sandbox takes; the text is for the learner."""


def one_line_end(files: Mapping[str, str]) -> Files:
    """Return the files with one kind of line ends."""
    return {path: text.replace("\r\n", "\n").replace("\r", "\n") for path, text in files.items()}


def checked(files: Mapping[str, str]) -> Files:
    """Return the files with one kind of line ends; raise TooLong."""
    clean = one_line_end(files)
    sizes = {path: len(text.encode(errors="replace")) for path, text in clean.items()}
    for path, size in sizes.items():
        if size > limit("file_source"):
            name = named(path).rstrip("\0")  # what is no file has one at its end
            raise TooLong(f"{name} is longer than {limit('file_source') // KIB} KiB.")
    if sum(sizes.values()) > limit("program"):
        raise TooLong(f"All files are longer than {limit('program') // KIB} KiB together.")
    return clean


def changed(files: Files, do: str, name: str) -> Files:
    """Return the files after "add", "rename:<path>" or "delete:<path>"; raise BadName.

    `name` is the name of the new file, or the new name of an old one. Another `do` changes nothing.
    """
    verb, _, path = do.partition(":")
    if verb == "add":
        return {**files, _legal(name, files): ""}
    if verb == "rename" and path in files:
        if name.strip() == named(path):
            return files
        others = {other: text for other, text in files.items() if other != path}
        new = _legal(name, others)
        return {new if old == path else old: text for old, text in files.items()}
    if verb == "delete" and path in files:
        if len(files) == 1:
            raise BadName("One file has to stay.")
        return {other: text for other, text in files.items() if other != path}
    return files


def put_back(files: Files, path: str, text: str | None) -> Files:
    """Return the files with a deleted one again; raise BadName where there is no room for it."""
    if text is None or path in files:
        return files
    if named(path) in {named(other) for other in files}:
        raise BadName(f"There is a {named(path)} already.")
    if len(files) >= FILES:
        raise BadName(f"{FILES} files are enough here.")
    return {**files, path: text}


def _legal(name: str, others: Files) -> str:
    """Return the path of a new file beside the others; raise BadName."""
    path = name.strip()
    if not path:
        raise BadName("Give the file a name, such as signals.py.")
    if len(path) > LONGEST:
        raise BadName(f"A name may have {LONGEST} characters.")
    *folders, last = path.split("/")
    stem, _, ending = last.rpartition(".")
    if not all(PART.fullmatch(part) for part in [*folders, stem]) or len(folders) > FOLDERS:
        raise BadName(
            f"“{path}” is no name for a file here. Letters, digits and _ make a name, "
            "/ makes a folder: signals.py, or receivers/mail.py."
        )
    if ending != "py" and (ending, *folders[:1]) not in (
        ("json", "fixtures"),
        ("html", "templates"),
        ("txt", "templates"),
    ):
        raise BadName(
            f"“{path}” would not be read. Code ends in .py; rows to load are fixtures/….json, "
            "templates are templates/….html or .txt."
        )
    if path in NOT_MINE or (last.startswith("case_") and ending == "py"):
        raise BadName(f"{path} is not part of the program: it belongs to the case.")
    if named(path) in {named(other) for other in others}:
        raise BadName(f"There is a {named(path)} already.")
    if len(others) >= FILES:
        raise BadName(f"{FILES} files are enough here.")
    return path
