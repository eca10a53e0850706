"""What must hold between a card's text and its programs: code parses, intents agree."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from questions.card_data import INTENT, INTENT_RESULT, CardData, CaseData, VersionData
from questions.card_yaml import Mistake, Reading

PROGRAM_BYTES = 256 * 1024  # one version with all cases, as in the sandbox
# No folder and no file may have a name that Windows keeps for its devices.
DEVICE = r"(?!(?:.*/)?(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])[./])"
PATH = re.compile(
    DEVICE + r"(?:[A-Za-z0-9_]+/){0,6}[A-Za-z0-9_][A-Za-z0-9_.-]*\.(?:py|json|html|txt|csv|xml)"
)
MUST_PARSE = ("buggy", "fixed")  # what a learner is asked about, and its answer
OR_CLAIM = ", or a claim of that error"
CASE_FILE = re.compile(r"case_([a-z][a-z0-9_]*)\.py")
PROJECT_KEYS = ("apps", "layout", "settings", "cases")


def check_code(card: CardData, reading: Reading, *, prefix: str | None = None) -> None:
    """Note in `reading` what is wrong with the programs; `prefix` None: all in one YAML text."""
    _Code(card, reading, prefix).check()


def syntax_error(text: str) -> SyntaxError | None:
    """Return why this is no Python code, if so; raise ValueError, RecursionError, MemoryError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        return error
    return None


def json_object(text: str, wrong: Callable[[int, str, str], None]) -> dict[str, Any]:
    """Return a project.json as a dict; wrong(line, what, expected) hears of each mistake."""
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        wrong(1, f"not JSON: {error}", "a JSON object")
        return {}
    if not isinstance(found, dict):
        wrong(1, "not an object", "a JSON object")
        return {}
    _check_project(found, wrong)
    return found


def _check_project(project: dict[str, Any], wrong: Callable[[int, str, str], None]) -> None:
    for key in project.keys() - set(PROJECT_KEYS):
        wrong(1, f"unknown key {key}", f"one of {', '.join(PROJECT_KEYS)}")
    apps = project.get("apps", ["cardapp"])
    if not isinstance(apps, list) or not apps or not all(isinstance(app, str) for app in apps):
        wrong(1, "apps is no list of names", '["cardapp", …]')
    if project.get("layout", "app") not in ("app", "root"):
        wrong(1, f"layout {project['layout']}", "app or root")
    if not isinstance(project.get("settings", {}), dict):
        wrong(1, "settings is no object", "{NAME: value}")


class _Code:
    """The checks of a card's programs; `prefix` None says that all stands in one YAML file."""

    def __init__(self, card: CardData, reading: Reading, prefix: str | None) -> None:
        self.card, self.reading, self.prefix = card, reading, prefix

    def wrong(
        self, path: str, line: int, key: str, what: str, expected: str, column: int = 0
    ) -> None:
        """Note a mistake in a file of the card, or at the key that holds it."""
        if self.prefix is None:
            what = f"{path}:{line}: {what}" if line else f"{path}: {what}"
            at = self.reading.lines.get(key, 0)
            self.reading.wrong(at, what, expected, key=_place(key))
            return
        self.reading.mistakes.append(Mistake(f"{self.prefix}{path}", line, what, expected, column))

    def in_file(self, path: str, key: str, line: int, what: str, expected: str) -> None:
        self.wrong(path, line, key, what, expected)

    def check(self) -> None:
        self.source("setup.py", self.card.setup, "setup", claimed=False)
        for version in self.card.versions:
            self.version(version)
        for case in self.card.cases:
            self.case(case)
        self.bug_lines()

    def source(self, path: str, text: str, key: str, *, claimed: bool, kind: str = "") -> None:
        """Code must parse, unless it may claim the error that it gives, and does."""
        if claimed:
            return
        try:
            found = syntax_error(text)
        except (ValueError, RecursionError, MemoryError) as error:
            self.wrong(path, 1, key, f"does not parse: {error}", "Python code")
            return
        if found:
            instead = ": a syntax error is no bug to learn from" if kind in MUST_PARSE else OR_CLAIM
            said = f"{type(found).__name__}: {found.msg}"
            expected = f"code that parses{instead}"
            self.wrong(path, found.lineno or 1, key, said, expected, found.offset or 0)

    def version(self, version: VersionData) -> None:
        name, files = version.name, version.files
        key = f"version:{name}"
        claimed = version.kind not in MUST_PARSE and any(
            _claims_syntax_error(claim.error)
            for case in self.card.cases
            if (claim := case.claims.get(name))
        )
        for path, text in files.items():
            inside = f"{name}/{path}"
            if not PATH.fullmatch(path):
                self.wrong(inside, 0, key, "not a name for a file", "folders of names, file.py")
            elif path == "project.json":
                json_object(text, partial(self.in_file, inside, key))
            elif path.endswith(".py"):
                self.source(inside, text, key, claimed=claimed, kind=version.kind)
            if (own := CASE_FILE.fullmatch(path)) and own[1] not in self.names():
                self.wrong(inside, 0, key, "card.yaml has no such case", "it under cases:")
        size = sum(len(text.encode(errors="replace")) for text in files.values())
        if size > PROGRAM_BYTES:
            self.wrong(f"{name}/", 0, key, f"{size} bytes", f"at most {PROGRAM_BYTES}")

    def names(self) -> set[str]:
        return {case.name for case in self.card.cases}

    def case(self, case: CaseData) -> None:
        path, key = f"case_{case.name}.py", f"case:{case.name}"
        if not case.action:
            self.no_action(case, path, key)
            return
        claimed = any(_claims_syntax_error(claim.error) for claim in case.claims.values())
        self.source(path, case.action, key, claimed=claimed)
        lines = [*case.action.split("\n"), ""]
        intent = INTENT.fullmatch(lines[0])
        if not intent:
            expected = f"# intent: {case.wanted} | what happens"
            self.wrong(path, 1, key, "the first line is no intent", expected)
        elif int(intent[1]) != case.wanted:
            what = f"intent {intent[1]}, but card.yaml wants {case.wanted}"
            self.wrong(path, 1, key, what, "both to agree")
        self.intent_result(case, lines[1], path, key)

    def intent_result(self, case: CaseData, line: str, path: str, key: str) -> None:
        said, wanted = INTENT_RESULT.fullmatch(line), case.wanted_result
        try:
            found = msgspec.json.decode(said[1]) if said else None
        except msgspec.DecodeError as error:
            self.wrong(path, 2, key, f"intent-result is not JSON: {error}", "a JSON value")
            return
        if found != wanted or type(found) is not type(wanted):
            what = f"intent-result {_json(found)}, but card.yaml wants {_json(wanted)}"
            self.wrong(path, 2, key, what, "both to agree")

    def no_action(self, case: CaseData, path: str, key: str) -> None:
        """Only a snippet's own lines need no case file, and only as the case as_written."""
        missing = [
            version.name
            for version in self.card.versions
            if not (case.name == "as_written" and "snippet.py" in version.files)
            and path not in version.files
        ]
        if missing and self.prefix is None:
            line, place = self.reading.lines.get(key, 0), f"{_place(key)} › action"
            what = f"nothing happens in {', '.join(missing)}"
            self.reading.wrong(line, what, f"the code of the case, or a {path} there", key=place)
        elif missing:
            inside = ", ".join(f"{name}/{path}" for name in missing)
            self.wrong(path, 0, key, "the file is missing", f"it, or {inside}")

    def bug_lines(self) -> None:
        buggy = next((v.files for v in self.card.versions if v.name == "buggy"), {})
        for path, numbers in self.card.bug_lines.items():
            line = self.reading.lines.get(f"bug_lines:{path}", 0)
            last = buggy.get(path, "").rstrip("\n").count("\n") + 1
            if path not in buggy:
                self.reading.wrong(line, f"the buggy version has no {path}", _names(buggy))
            elif numbers and numbers[-1] > last:
                self.reading.wrong(line, f"line {numbers[-1]} of {path}", f"1 to {last}")
            else:
                self.blank_lines(path, buggy[path].split("\n"), numbers, line)

    def blank_lines(self, path: str, text: list[str], numbers: list[int], line: int) -> None:
        blank = [str(n) for n in numbers if n > 0 and not text[n - 1].strip()]
        if blank:
            what = f"line {', '.join(blank)} of {path} is blank"
            self.reading.wrong(line, what, "lines that hold the bug")


def _claims_syntax_error(error: str) -> bool:
    return error.endswith((":SyntaxError", ":IndentationError", ":TabError"))


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _place(key: str) -> str:
    """Return where a key of Reading.lines leads, in words: case:create is "cases › create"."""
    part, _, name = key.partition(":")
    return f"{part}s › {name}" if name else key


def _names(files: dict[str, str]) -> str:
    return "one of " + ", ".join(sorted(files))
