"""Read a program folder, or one file of code, into a Program; every mistake in one go."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec

from . import snippet
from .limits import limit
from .program import AS_WRITTEN, Intent, Program, ProgramError

_CASE = re.compile(r"case_(\w+)\.py")
_APP = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_KINDS = {"buggy": 0, "seed_answer": 1, "fixed": 2, "hardened": 3, "outbox": 4, "service": 5}
_PROJECT = {"apps", "layout", "settings", "cases"}
_IGNORED = ("__pycache__",)


def read_snippet(file: Path) -> Program:
    """Return the program of one .py file: run as it is written, with no setup."""
    mistakes: list[str] = []
    text = _text(file, file.name, mistakes)
    if mistakes or text is None:
        raise ProgramError(mistakes)
    return Program(file.stem, {"buggy": {"snippet.py": text}}, {AS_WRITTEN: None})


class Reader:
    """Collects what is in a folder and what is wrong with it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mistakes: list[str] = []

    def read(self) -> Program:
        """Return the program; raise ProgramError with one line a mistake."""
        if not self.root.is_dir():
            raise ProgramError([f"{self.root}: no such folder, expected one folder a version"])
        names = [p.name for p in self.root.iterdir() if p.is_dir() and p.name[0] not in "_."]
        versions = {
            name: self.version(name)
            for name in sorted(names, key=lambda name: (_KINDS.get(name, 9), name))
        }
        if not versions:
            self.wrong("", "no version, expected a folder such as buggy/ with models.py")
        project = self.project(self.root / "project.json")
        cases, intents = self.cases(project)
        if not cases and any(_drives(files.get("snippet.py")) for files in versions.values()):
            cases, intents = {AS_WRITTEN: None}, {AS_WRITTEN: Intent()}
        if versions and not cases:
            self.wrong("", "no case, expected case_<name>.py (or a snippet with trailing lines)")
        setup = self.text(self.root / "setup.py") if (self.root / "setup.py").exists() else None
        self.check_sizes(versions, cases, setup)
        if self.mistakes:
            raise ProgramError(self.mistakes)
        return Program(self.root.resolve().name, versions, cases, setup, project, intents)

    def version(self, name: str) -> dict[str, str]:
        files: dict[str, str] = {}
        for path in sorted((self.root / name).rglob("*")):
            inner = path.relative_to(self.root / name)
            if any(part in _IGNORED for part in inner.parts) or path.suffix == ".pyc":
                continue
            if path.is_symlink():
                self.wrong(f"{name}/{inner}", "a symbolic link, expected a file")
            elif path.is_file() and (text := self.text(path)) is not None:
                files[inner.as_posix()] = text
        if "project.json" in files:
            self.project(self.root / name / "project.json")
        if not any(file.endswith(".py") and not _CASE.fullmatch(file) for file in files):
            self.wrong(name, "no code, expected at least one .py file such as models.py")
        return files

    def project(self, path: Path) -> dict[str, Any]:
        if not path.exists():
            return {}
        where = path.relative_to(self.root).as_posix()
        try:
            data = json.loads(self.text(path) or "{}")
        except json.JSONDecodeError as error:
            self.wrong(f"{where}:{error.lineno}", f"{error.msg}, expected JSON")
            return {}
        except RecursionError:
            self.wrong(where, "nested too deeply, expected JSON")
            return {}
        if not isinstance(data, dict):
            self.wrong(where, "not an object, expected {...}")
            return {}
        for key in data.keys() - _PROJECT:
            self.wrong(where, f"unknown key {key!r}, expected one of {sorted(_PROJECT)}")
        self.check_project(where, data)
        return data

    def check_project(self, where: str, data: dict[str, Any]) -> None:
        apps = data.get("apps", ["cardapp"])
        named = isinstance(apps, list) and all(isinstance(app, str) for app in apps)
        if not named or not apps or not all(_APP.fullmatch(app) for app in apps):
            self.wrong(where, 'apps is not a list of app names, expected such as ["cardapp"]')
        if data.get("layout", "app") not in ("app", "root"):
            self.wrong(where, f"layout is {data['layout']!r}, expected app or root")
        for key in ("settings", "cases"):
            if not isinstance(data.get(key, {}), dict):
                self.wrong(where, f"{key} is not an object, expected {{...}}")

    def cases(self, project: dict[str, Any]) -> tuple[dict[str, str | None], dict[str, Intent]]:
        cases: dict[str, str | None] = {}
        intents: dict[str, Intent] = {}
        for path in sorted(self.root.glob("case_*.py")):
            if not (match := _CASE.fullmatch(path.name)):
                self.wrong(path.name, "not a case's name, expected case_<letters, digits, _>.py")
            elif (text := self.text(path)) is not None:
                cases[match[1]] = text
                intents[match[1]] = self.intent(path.name, text)
        listed = project.get("cases", {})
        for name, said in (listed if isinstance(listed, dict) else {}).items():
            if name in cases:
                continue
            if name != AS_WRITTEN:
                self.wrong("project.json", f"case {name!r} has no file, expected case_{name}.py")
            cases[name] = None
            said = said if isinstance(said, dict) else {}
            emails = said.get("intent")
            intents[name] = Intent(
                emails if isinstance(emails, int) else None,
                str(said.get("about", "")),
                said.get("intent_result"),
                "intent_result" in said,
            )
        return cases, intents

    def intent(self, name: str, text: str) -> Intent:
        said = re.search(r"^# intent: (\S+)(.*)$", text, re.M)
        result = re.search(r"^# intent-result: (.*)$", text, re.M)
        value = None
        if result:
            try:
                value = msgspec.json.decode(result[1])
            except (msgspec.DecodeError, RecursionError):
                line = text.count("\n", 0, result.start()) + 1
                self.wrong(f"{name}:{line}", "the result wanted is not JSON, expected JSON")
        emails = int(said[1]) if said and said[1].isdecimal() else None
        about = said[2].strip(" |-") if said else ""
        return Intent(emails, about, value, result is not None)

    def check_sizes(
        self, versions: dict[str, dict[str, str]], cases: dict[str, str | None], setup: str | None
    ) -> None:
        shared = sum(len((text or "").encode()) for text in [*cases.values(), setup])
        for name, files in versions.items():
            size = shared + sum(len(text.encode()) for text in files.values())
            if size > limit("program"):
                most = limit("program") // 1024
                self.wrong(name, f"{size} bytes with setup and cases, expected at most {most} KiB")

    def text(self, path: Path) -> str | None:
        return _text(path, path.relative_to(self.root).as_posix(), self.mistakes)

    def wrong(self, where: str, what: str) -> None:
        self.mistakes.append(f"{where or self.root.name}: {what}")


def _text(path: Path, where: str, mistakes: list[str]) -> str | None:
    """Return the text of a source file, or note why there is none."""
    try:
        with path.open("rb") as file:
            data = file.read(limit("file_source") + 1)
    except OSError as error:
        mistakes.append(f"{where}: {error.strerror}, expected a file that can be read")
        return None
    if len(data) > limit("file_source"):
        mistakes.append(f"{where}: over {limit('file_source') // 1024} KiB, expected less")
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        mistakes.append(f"{where}:{line}: not UTF-8, expected UTF-8 text")
        return None
    if "\0" in text:
        mistakes.append(f"{where}: a NUL character, expected text")
        return None
    return text


def _drives(source: str | None) -> bool:
    """Say whether a snippet has trailing statements to run."""
    if source is None:
        return False
    try:
        return bool(snippet.split(source).driver.strip())
    except SyntaxError:
        return True
