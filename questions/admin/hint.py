"""What an error of a case or of setup.py often means to whoever writes the card."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import NamedTuple

from questions.card import named
from sandbox.report import Error
from sandbox.snippet import KNOWN_IMPORTS, UNREADABLE

NO_NAME = re.compile(r"name '(\w+)' is not defined")
NO_MODULE = re.compile(r"No module named '(\w+)'")


class Hint(NamedTuple):
    """Words, and the line of code that they end with, if any."""

    words: str
    line: str = ""


def hint(error: Error | None, files: Mapping[str, str], setup: bool) -> Hint | None:
    """Return what to look at first, or nothing where the error speaks for itself.

    `files` are those of the version that ran, `setup` whether there is a setup.py.
    """
    if error is None or error.phase not in ("setup", "case"):
        return None
    if error.type == "NameError" and (found := NO_NAME.search(error.message)):
        return _missing_import(found[1], error.file or "", files)
    if error.type.endswith("DoesNotExist"):
        there = "makes the rows that are there before" if setup else "would make it: there is none"
        return Hint(f"No such row: setup.py {there}. Every case begins with those rows, no others.")
    found = NO_MODULE.search(error.message) if error.type == "ModuleNotFoundError" else None
    if found and f"{found[1]}.py" in set(map(named, files)):
        line = f"from cardapp.{found[1]} import …"
        return Hint("The files of a version are the app cardapp:", line)
    return None


def _missing_import(name: str, file: str, files: Mapping[str, str]) -> Hint | None:
    module = next((path for path, text in files.items() if name in _made_in(text)), "")
    line = KNOWN_IMPORTS.get(name, "")
    if module:
        line = f"from cardapp.{named(module).removesuffix('.py').replace('/', '.')} import {name}"
    if file == "setup.py" or file.startswith("case_"):
        line = line or "from cardapp.models import …"
        return Hint("setup.py and cases begin with their own imports:", line)
    return Hint("An import is missing there:", line) if line else None


def _made_in(text: str) -> set[str]:
    """Return the names of the classes and functions that a file defines at its top."""
    try:
        body = ast.parse(text).body
    except UNREADABLE:
        return set()
    makes = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in body if isinstance(node, makes)}
