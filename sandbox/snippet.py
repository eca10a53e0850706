"""Snippets: pasted code, split into definitions and the lines that drive them."""

from __future__ import annotations

import ast
import builtins

import msgspec

# What parsing any text may raise: no Python, a null byte, or too deep in one of two ways.
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)

KNOWN_IMPORTS = {
    "User": "from django.contrib.auth.models import User",
    "Group": "from django.contrib.auth.models import Group",
    "models": "from django.db import models",
    "transaction": "from django.db import transaction",
    "connection": "from django.db import connection",
    "IntegrityError": "from django.db import IntegrityError",
    "receiver": "from django.dispatch import receiver",
    "Signal": "from django.dispatch import Signal",
    "post_save": "from django.db.models.signals import post_save",
    "pre_save": "from django.db.models.signals import pre_save",
    "post_delete": "from django.db.models.signals import post_delete",
    "pre_delete": "from django.db.models.signals import pre_delete",
    "m2m_changed": "from django.db.models.signals import m2m_changed",
    "post_init": "from django.db.models.signals import post_init",
    "send_mail": "from django.core.mail import send_mail",
    "send_mass_mail": "from django.core.mail import send_mass_mail",
    "EmailMessage": "from django.core.mail import EmailMessage",
    "mail_admins": "from django.core.mail import mail_admins",
    "EmailMultiAlternatives": "from django.core.mail import EmailMultiAlternatives",
    "settings": "from django.conf import settings",
    "get_user_model": "from django.contrib.auth import get_user_model",
    "F": "from django.db.models import F",
    "Q": "from django.db.models import Q",
    "timezone": "from django.utils import timezone",
    "apps": "from django.apps import apps",
    "AppConfig": "from django.apps import AppConfig",
    "admin": "from django.contrib import admin",
    "user_logged_in": "from django.contrib.auth.signals import user_logged_in",
    "get_connection": "from django.core.mail import get_connection",
}

_DEFINITIONS = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
)


class Snippet(msgspec.Struct, frozen=True):
    """A snippet in two parts, both with the line numbers of the original.

    `models` is the text of models.py; `shift` says by how many lines (0 or 1) it stands
    lower than the original. `driver` holds the trailing statements, other lines blank.
    `completed` lists the import lines that were added.
    """

    models: str
    driver: str
    completed: list[str]
    shift: int = 0


def split(source: str) -> Snippet:
    """Return the two parts of a snippet; raise SyntaxError where it is not Python.

    Everything up to the last import, def or class is a definition; of what follows,
    calls of connect() and register() stay with the definitions.
    """
    tree = ast.parse(source)
    completed = [KNOWN_IMPORTS[name] for name in _missing_names(tree) if name in KNOWN_IMPORTS]
    last = max(
        (i for i, node in enumerate(tree.body) if isinstance(node, _DEFINITIONS)), default=-1
    )
    trailing = [node for i, node in enumerate(tree.body) if i > last and not _is_registration(node)]
    leading = [node for node in tree.body if node not in trailing]
    models = _without(source, trailing)
    shift = 0
    if completed:
        models, shift = _with_imports(models, leading, "; ".join(completed))
    return Snippet(models, _without(source, leading), completed, shift)


def _missing_names(tree: ast.Module) -> list[str]:
    bound: set[str] = set()
    used: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            bound |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
        elif isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
    return sorted(name for name in used - bound if not hasattr(builtins, name))


def _is_registration(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and node.value.func.attr in ("connect", "register")
    )


def _first_line(node: ast.stmt) -> int:
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])


def _without(source: str, nodes: list[ast.stmt]) -> str:
    """Return the source with these statements blanked; a `pass` stands where one began."""
    # Offsets in the tree count bytes of UTF-8.
    lines = [line.encode() for line in source.splitlines()]
    for node in reversed(nodes):  # from the end, so that the offsets before it stay true
        first, last = _first_line(node), node.end_lineno or node.lineno
        start, end = node.col_offset, node.end_col_offset or 0
        head, tail = lines[first - 1][:start], lines[last - 1][end:]
        for number in range(first, last + 1):
            lines[number - 1] = b""
        lines[first - 1] = head
        if head.strip() or (tail.strip() and not tail.lstrip().startswith(b"#")):
            lines[last - 1] += b"pass" + tail
    return b"\n".join(lines).decode() + "\n"


def _with_imports(text: str, leading: list[ast.stmt], imports: str) -> tuple[str, int]:
    """Add the imports without moving a line where that is possible; return the shift."""
    lines = text.splitlines()
    fixed = [node for node in leading if _must_come_first(node)]
    if fixed:  # after a docstring or a __future__ import, on its last line
        row, column = (fixed[-1].end_lineno or 1) - 1, fixed[-1].end_col_offset or 0
        line = lines[row].encode()
        lines[row] = (line[:column] + b"; " + imports.encode() + line[column:]).decode()
        return "\n".join(lines) + "\n", 0
    first = _first_line(leading[0]) if leading else len(lines) + 1
    if first > 1:  # a blank line or a comment stands there
        return "\n".join([imports, *lines[1:]]) + "\n", 0
    if leading and not hasattr(leading[0], "body"):
        return "\n".join([f"{imports}; {lines[0]}", *lines[1:]]) + "\n", 0
    return "\n".join([imports, *lines]) + "\n", 1


def _must_come_first(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "__future__"
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text and isinstance(node.value.value, str) and node.lineno == 1  # type: ignore[attr-defined]
