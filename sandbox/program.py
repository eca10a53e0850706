"""A program: what a card's code is, and the jobs that come of it (docs/program-layout.md)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Literal

import msgspec

AS_WRITTEN = "as_written"


class ProgramError(Exception):
    """A program that cannot be read; `mistakes` has one line each, with file, line and cure."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class Intent(msgspec.Struct, frozen=True):
    """What a case wants: number of emails (None: not said), in words, and perhaps a RESULT."""

    emails: int | None = None
    about: str = ""
    result: Any = None
    has_result: bool = False


class Job(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version in one case: all a run needs, and nothing of the host's.

    `files` maps relative paths to text and holds no case file and no project.json.
    `action` is the source of the case; None runs the trailing statements of snippet.py.
    """

    program: str
    version: str
    case: str
    files: dict[str, str]
    setup: str | None = None
    action: str | None = None
    apps: list[str] = msgspec.field(default_factory=lambda: ["cardapp"])
    layout: Literal["app", "root"] = "app"
    settings: dict[str, Any] = {}

    @property
    def digest(self) -> str:
        """Return the sha256 (hex) over all that decides what the run does; names are left out."""
        parts = [self.files, self.setup, self.action, self.apps, self.layout, self.settings]
        return _sha256(parts)

    @property
    def base(self) -> str:
        """Return the sha256 (hex) over what is loaded before the case: all but the action."""
        return _sha256([self.files, self.setup, self.apps, self.layout, self.settings])


def _sha256(parts: list[Any]) -> str:
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()


class Program(msgspec.Struct, frozen=True):
    """A program folder in memory: versions by name, shared setup and cases.

    A version's own `case_<name>.py` replaces the shared case; its own project.json
    is laid over the program's. `intents` says what each case wants.
    """

    name: str
    versions: dict[str, dict[str, str]]
    cases: dict[str, str | None]
    setup: str | None = None
    project: dict[str, Any] = {}
    intents: dict[str, Intent] = {}

    def job(self, version: str, case: str) -> Job:
        """Return the job of one version in one case; raise KeyError for an unknown name."""
        files = dict(self.versions[version])
        own = files.get(f"case_{case}.py")
        shared = self.cases[case] if own is None else own
        project = dict(self.project)
        if text := files.get("project.json"):
            project.update(msgspec.json.decode(text))
        return Job(
            program=self.name,
            version=version,
            case=case,
            files={path: text for path, text in files.items() if not _is_case(path)},
            setup=self.setup,
            action=shared,
            apps=project.get("apps", ["cardapp"]),
            layout="root" if project.get("layout") == "root" else "app",
            settings=project.get("settings", {}),
        )

    def jobs(self) -> list[Job]:
        """Return every version in every case, case by case."""
        return [self.job(version, case) for case in self.cases for version in self.versions]


def _is_case(path: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    return name == "project.json" or (name.startswith("case_") and name.endswith(".py"))


def read_folder(path: str | Path) -> Program:
    """Return the program of a folder; raise ProgramError with every mistake in it."""
    from .folder import Reader  # reads into the structs above

    return Reader(Path(path)).read()


def read_file(path: str | Path) -> Program:
    """Return the program of one .py file, a snippet with no setup; raise ProgramError."""
    from .folder import read_snippet

    return read_snippet(Path(path))
