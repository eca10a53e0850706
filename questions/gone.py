"""Names that the card's code has and a learner's has no more: what a case then fails by."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping

from questions.card import named
from sandbox.report import Error
from sandbox.snippet import UNREADABLE

LOST = ("NameError", "AttributeError", "ImportError", "ModuleNotFoundError")
QUOTED = re.compile(r"'([\w.]+)'")


def hint(
    error: Error | None, card: Mapping[str, str], mine: Mapping[str, str], action: str | None
) -> str:
    """Return in words that a case needs a name of the card's code; empty where it is not that.

    `card` and `mine` are files by path, `action` is the code of the case.
    """
    if error is None or error.type not in LOST or error.phase not in ("setup", "case"):
        return ""
    asked = {word.rpartition(".")[2] for word in QUOTED.findall(error.message)}
    gone = sorted(_names(card) - _names(mine))
    found = next(((path, name) for path, name in gone if name in asked), None)
    if found is None:
        return ""
    path, name = found
    place = f"the card’s {named(path)}" if name != _module(path) else "the card’s code"
    uses = re.search(rf"\b{re.escape(name)}\b", action or "")
    who = "This case uses" if uses else "Something still uses"
    return f"{who} `{name}`, which is in {place} and not in yours. Keep that name, and it runs."


def _names(files: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return (path, name) of every module, and of what it and its classes define or import."""
    found = {(path, _module(path)) for path in files}
    for path, text in files.items():
        try:
            found |= {(path, name) for name in _defined(ast.parse(text).body)}
        except UNREADABLE:
            continue
    return found


def _module(path: str) -> str:
    return path.removesuffix(".py").rpartition("/")[2]


def _defined(body: Iterable[ast.AST]) -> set[str]:
    names: set[str] = set()
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name)  # what is inside is its own
            case ast.ClassDef(name=name, body=inner):
                names |= {name} | _defined(inner)
            case ast.alias(name=name, asname=asname):
                names.add(asname or name.partition(".")[0])
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case _:
                names |= _defined(ast.iter_child_nodes(node))
    return names
