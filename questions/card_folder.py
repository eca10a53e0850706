"""A card folder, on disk or in a zip, becomes a card (docs/writing-cards.md)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec

from questions.card_code import CASE_FILE, PROGRAM_BYTES, check_code, json_object
from questions.card_data import CardData
from questions.card_keys import SLUG, read_keys
from questions.card_yaml import YAML_BYTES, CardMistakes, Mistake, Reading

FILE_BYTES = 64 * 1024  # one source file, as in the sandbox
ONE_FILE_BYTES = 512 * 1024  # a card with all its programs in one YAML file
MOST_FILES = 300
IGNORED = {"__pycache__", "expected.json", ".DS_Store"}


def read_folder(path: Path) -> CardData:
    """Read one card folder; raise CardMistakes with every mistake, each with file and line."""
    return read_files(path.name, _files_of(path), prefix=f"{path}/")


def read_files(slug: str, raw: dict[str, bytes], *, prefix: str = "") -> CardData:
    """Read a card from its files by relative path; `prefix` leads names in mistakes."""
    return _Folder(slug, raw, prefix).read()


def read_yaml(text: str, *, file: str = "card.yaml") -> CardData:
    """Read a card with its programs out of one YAML text; raise CardMistakes."""
    reading = Reading(file)
    root = reading.root(text)
    if root is None:
        raise CardMistakes(reading.mistakes)
    card = read_keys(reading, root, "", one_file=True)
    check_code(card, reading)
    if reading.mistakes:
        raise CardMistakes(reading.mistakes)
    return card


def read_one_file(raw: bytes, *, file: str) -> CardData:
    """Read a card with its programs out of the bytes of one YAML file; raise CardMistakes."""
    if len(raw) > ONE_FILE_BYTES:
        raise CardMistakes([Mistake(file, 0, f"{len(raw)} bytes", f"at most {ONE_FILE_BYTES}")])
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        what = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        raise CardMistakes([Mistake(file, line, what, "UTF-8 text", column)]) from error
    return read_yaml(text, file=file)


def _files_of(path: Path) -> dict[str, bytes]:
    """Return the bytes of all files under a folder; links and too many files are mistakes."""
    found: dict[str, bytes] = {}
    for folder, names, files in os.walk(path):
        names[:] = sorted(set(names) - IGNORED)
        for name in sorted(set(files) - IGNORED):
            file = Path(folder, name)
            inside = file.relative_to(path).as_posix()
            if file.is_symlink() or not file.is_file():
                raise CardMistakes([Mistake(str(file), 0, "not a plain file", "a file")])
            if len(found) == MOST_FILES:
                raise CardMistakes([Mistake(str(path), 0, "too many files", f"{MOST_FILES}")])
            with file.open("rb") as stream:
                found[inside] = stream.read(PROGRAM_BYTES + 1)
    return found


class _Folder:
    """The files of one card while they are read, and the mistakes found in them."""

    def __init__(self, slug: str, raw: dict[str, bytes], prefix: str) -> None:
        self.slug, self.prefix = slug, prefix
        self.mistakes: list[Mistake] = []
        self.reading = Reading(f"{prefix}card.yaml")
        self.files = {path: self._text(path, content) for path, content in sorted(raw.items())}

    def wrong(self, path: str, line: int, what: str, expected: str, column: int = 0) -> None:
        self.mistakes.append(Mistake(f"{self.prefix}{path}", line, what, expected, column))

    def read(self) -> CardData:
        if not SLUG.fullmatch(self.slug):
            self.wrong("", 0, f"folder {self.slug}", "a slug of a-z, 0-9 and hyphens")
        card = self._card()
        mistakes = self.mistakes + self.reading.mistakes
        if mistakes or card is None:
            raise CardMistakes(mistakes)
        return card

    def _card(self) -> CardData | None:
        if "card.yaml" not in self.files:
            self.wrong("card.yaml", 0, "the file is missing", "what the learner reads")
            return None
        root = self.reading.root(self.files.pop("card.yaml"))
        if root is None:
            return None
        card = read_keys(self.reading, root, self.slug)
        card = self._with_programs(card)
        check_code(card, self.reading, prefix=self.prefix)
        self._check_project_cases(card)
        return msgspec.structs.replace(card, project=_without_cases(card.project))

    def _text(self, path: str, content: bytes) -> str:
        most = YAML_BYTES if path == "card.yaml" else FILE_BYTES
        if len(content) > most:
            self.wrong(path, 0, f"more than {most // 1024} KiB", f"at most {most // 1024} KiB")
            return ""
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            column = error.start - content.rfind(b"\n", 0, error.start)
            what = f"byte 0x{content[error.start]:02x} is not UTF-8"
            self.wrong(path, line, what, "UTF-8 text", column)
            return ""
        if "\0" in text:
            self.wrong(path, text.count("\n", 0, text.index("\0")) + 1, "a NUL", "text")
        return text

    def _with_programs(self, card: CardData) -> CardData:
        """Give every version its files and every case its action."""
        files = self.files
        setup = files.pop("setup.py", "")
        project = json_object(
            files.pop("project.json", "{}"),
            lambda line, what, expected: self.wrong("project.json", line, what, expected),
        )
        actions = {
            match[1]: files.pop(path)
            for path in list(files)
            if (match := CASE_FILE.fullmatch(path))
        }
        known = {case.name for case in card.cases}
        for name in sorted(actions.keys() - known):
            self.wrong(f"case_{name}.py", 0, "card.yaml has no such case", "it under cases:")
        versions = []
        for version in card.versions:
            inside = f"{version.name}/"
            own = {
                path.removeprefix(inside): files.pop(path)
                for path in list(files)
                if path.startswith(inside)
            }
            if not own:
                line = self.reading.lines[f"version:{version.name}"]
                self.reading.wrong(line, f"no folder {inside}", "the files of the version")
            versions.append(msgspec.structs.replace(version, files=own))
        for path in files:
            self.wrong(path, 0, "not part of the card", "files named in docs/writing-cards.md")
        cases = [msgspec.structs.replace(c, action=actions.get(c.name, "")) for c in card.cases]
        return msgspec.structs.replace(
            card, setup=setup, project=project, versions=versions, cases=cases
        )

    def _check_project_cases(self, card: CardData) -> None:
        """Cases named in project.json, for tools that read the program alone, must agree."""
        wanted = {case.name: case.wanted for case in card.cases}
        cases = card.project.get("cases", {})
        for name, said in cases.items() if isinstance(cases, dict) else ():
            intent = said.get("intent") if isinstance(said, dict) else None
            if wanted.get(name) != intent:
                what = f"case {name} wants {intent} here and {wanted.get(name)} in card.yaml"
                self.wrong("project.json", 1, what, "both to agree")


def _without_cases(project: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in project.items() if key != "cases"}
