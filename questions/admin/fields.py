"""Form fields of the card page: lists, references, bug lines, YAML values and program files."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from questions.card_code import PATH
from questions.card_keys import URL
from questions.card_yaml import Reading

MOST_TOLD = 20  # mistakes of one field: a text may have thousands
Pairs = list[tuple[str, str]]


def unix(text: str) -> str:
    """Return text with the line ends of our files; browsers send those of Windows."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class MarkdownField(forms.CharField):
    """Text that the page previews as it is typed."""

    def __init__(self, *, rows: int = 6, **options: Any) -> None:
        attrs = {"rows": rows, "cols": 80, "class": "vLargeTextField", "data-preview": ""}
        super().__init__(widget=forms.Textarea(attrs), **options)

    def to_python(self, value: Any) -> str:
        return super().to_python(unix(value or "")) or ""


class CodeField(forms.CharField):
    """Source text, kept to the last blank; an editor takes its place where there is one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, widget=code_area(rows=12), **options)

    def to_python(self, value: Any) -> str:
        return super().to_python(unix(value or "")) or ""


def code_area(rows: int) -> forms.Textarea:
    """Return a plain text area for code; `data-editor` is what the editor looks for."""
    attrs = {"rows": rows, "cols": 100, "class": "code", "spellcheck": "false", "wrap": "off"}
    return forms.Textarea({**attrs, "data-editor": "python"})


class LinesField(forms.CharField):
    """A list with one entry a line; a line that begins with a blank goes on with the one above."""

    def __init__(self, *, most: int, rows: int = 4, **options: Any) -> None:
        self.most = most
        attrs = {"rows": rows, "cols": 80, "class": "vLargeTextField"}
        super().__init__(strip=False, widget=forms.Textarea(attrs), **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(str(entry).replace("\n", "\n  ") for entry in value)
        return value

    def clean(self, value: Any) -> Any:
        entries: list[str] = []
        for line in unix(super().clean(value) or "").split("\n"):
            if not line.strip():
                continue
            if line[0].isspace() and entries:
                entries[-1] += "\n" + line.strip()
            else:
                entries.append(line.strip())
        if len(entries) > self.most:
            raise ValidationError(f"{len(entries)} entries; at most {self.most}.")
        return entries

    def has_changed(self, initial: Any, data: Any) -> bool:
        return unix(self.prepare_value(initial) or "").strip() != unix(data or "").strip()


class ReferencesField(LinesField):
    """References, one a line: title | address."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{entry['title']} | {entry['url']}" for entry in value)
        return value

    def clean(self, value: Any) -> Any:
        references = []
        for number, line in enumerate(super().clean(value), 1):
            title, bar, url = line.rpartition("|")
            if not bar or not title.strip() or not URL.fullmatch(url.strip()):
                raise ValidationError(f"Line {number}: expected “title | https://…”.")
            references.append({"title": title.strip(), "url": url.strip()})
        return references


class BugLinesField(LinesField):
    """Which lines are the bug, a file a line: models.py: 10, 11."""

    FORM = re.compile(r"(\S+):\s*([0-9]+(?:[\s,]+[0-9]+)*)")

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{path}: {', '.join(map(str, n))}" for path, n in value.items())
        return value

    def clean(self, value: Any) -> Any:
        lines: dict[str, list[int]] = {}
        for number, line in enumerate(super().clean(value), 1):
            found = self.FORM.fullmatch(line)
            if not found or found[1] in lines:
                raise ValidationError(f"Line {number}: expected “models.py: 10, 11”, a file once.")
            lines[found[1]] = sorted({int(n) for n in re.findall(r"[0-9]+", found[2])})
        return lines


class YamlField(forms.CharField):
    """A value as card.yaml writes it, read by the card's own reader; mistakes name their line."""

    def __init__(
        self, read: Callable[[Reading, Any], Any], dump: Callable[[Any], str], **options: Any
    ) -> None:
        self.read, self.dump = read, dump
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else self.dump(value)

    def clean(self, value: Any) -> Any:
        text = unix(super().clean(value) or "")
        if not text.strip():
            return self.read(Reading(""), None)
        reading = Reading("")
        node = reading.root(text)
        found = self.read(reading, node) if node is not None else None
        if told := reading.mistakes[:MOST_TOLD]:
            raise ValidationError([f"Line {m.line}: {m.words}." for m in told])
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return unix(self.prepare_value(initial) or "").strip() != unix(data or "").strip()


class FilesWidget(forms.Widget):
    """One name and one text area a file; an empty pair waits for the next."""

    template_name = "admin/questions/card/_files.html"
    SPARE = 1

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        pairs = list(value.items()) if isinstance(value, dict) else list(value or [])
        context = super().get_context(name, value, attrs)
        context["files"] = [*pairs, *[("", "")] * self.SPARE]
        context["name"] = name
        return context

    def _render(
        self, template_name: str, context: dict[str, Any], renderer: Any = None
    ) -> SafeString:
        # Django's renderer of forms does not look into our templates.
        return render_to_string(template_name, context)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Pairs:
        if not isinstance(data, MultiValueDict):
            return []
        paths, texts = data.getlist(f"{name}-path"), data.getlist(f"{name}-text")
        return [(path.strip(), unix(text)) for path, text in zip(paths, texts, strict=False)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-path" not in data

    def id_for_label(self, id_: str) -> str:
        return ""


class FilesField(forms.Field):
    """The files of a version: {"models.py": "…"}."""

    widget = FilesWidget

    def clean(self, value: Any) -> dict[str, str]:
        files: dict[str, str] = {}
        mistakes = []
        for path, text in value:
            if not path and not text.strip():
                continue
            if not PATH.fullmatch(path):
                mistakes.append(f"“{path}” is no name for a file; expected models.py or so.")
            elif path in files:
                mistakes.append(f"{path} stands twice; expected it once.")
            files[path] = text
        if mistakes:
            raise ValidationError(mistakes)
        return files

    def has_changed(self, initial: Any, data: Any) -> bool:
        said = {path: text for path, text in data or [] if path or text.strip()}
        return said != (initial or {})
