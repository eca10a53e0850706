"""How the page of a card shows lists, texts and code to those who may only read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from questions.card_write import dump
from questions.markdown import render

NOTHING = "none"
# Code keeps its blanks; a long one scrolls in a box that the keyboard reaches.
CODE = '<pre class="code read" tabindex="0" role="group" aria-label="{}">{}</pre>'


def prose(text: str) -> SafeString | str:
    """Return Markdown as a learner sees it."""
    return format_html('<div class="preview">{}</div>', render(text)) if text.strip() else NOTHING


def lines(entries: list[str]) -> SafeString | str:
    """Return a list of sentences."""
    if not entries:
        return NOTHING
    items = format_html_join("", "<li>{}</li>", ((entry,) for entry in entries))
    return format_html('<ol class="read">{}</ol>', items)


def links(references: list[dict[str, str]]) -> SafeString | str:
    """Return references as links."""
    if not references:
        return NOTHING
    each = ((reference["url"], reference["title"]) for reference in references)
    items = format_html_join("", '<li><a href="{}" rel="noopener">{}</a></li>', each)
    return format_html('<ul class="read">{}</ul>', items)


def places(bug_lines: Mapping[str, list[int]]) -> str:
    """Return bug lines as they are written: models.py: 10, 11."""
    said = (f"{path}: {', '.join(map(str, numbers))}" for path, numbers in bug_lines.items())
    return "; ".join(said) or NOTHING


def code(text: str, name: str = "code") -> SafeString | str:
    """Return source text."""
    return format_html(CODE, name, text) if text.strip() else NOTHING


def files(texts: Mapping[str, str]) -> SafeString | str:
    """Return the files of a version, one under another."""
    each = ((path, format_html(CODE, path, text)) for path, text in texts.items())
    return format_html_join("", "<p><code>{}</code></p>{}", each) or NOTHING


def field(
    name: str, show: Callable[[Any], SafeString | str], words: str = ""
) -> Callable[..., Any]:
    """Return a method of an admin class that shows this field of a row."""

    @admin.display(description=words or name.replace("_", " "))
    def shown(self: Any, row: Any) -> SafeString | str:
        return show(getattr(row, name))

    return shown


def as_yaml(value: Any) -> SafeString | str:
    """Return what is written as YAML in the form."""
    return code(dump(value), "YAML") if value else NOTHING


# Where the form calls a field otherwise than the model.
WORDS = {"newer": "On a newer Django"}
READ: dict[str, Callable[[Any], SafeString | str]] = {
    **dict.fromkeys(
        ("scenario", "question", "explanation", "answer", "lesson", "unsolved", "note"), prose
    ),
    "hints": lines,
    "ideas": lines,
    "references": links,
    "bug_lines": places,
    "setup": code,
    "action": code,
    "files": files,
    "newer": as_yaml,
}


def readable(cls: type) -> type:
    """Give an admin class a method read_<name> for each field that is shown in another way."""
    for name, show in READ.items():
        setattr(cls, f"read_{name}", field(name, show, WORDS.get(name, "")))
    return cls


def as_read(fields: Any) -> Any:
    """Return fields, or fieldsets' fields, with those methods in their places."""
    if isinstance(fields, str):
        return f"read_{fields}" if fields in READ else fields
    return [as_read(each) for each in fields]


def names() -> list[str]:
    """Return the names of those methods."""
    return [f"read_{name}" for name in READ]
