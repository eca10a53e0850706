"""A card as files: the folder, and one YAML text; reading either gives the same card back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from questions.card_data import KINDS, CardData, CaseData, ClaimData, VersionData, with_intent

PROSE = ("scenario", "question", "explanation", "answer", "lesson")
FLOW_WIDTH = 88  # a mapping on one line is at most this wide


class _Flow(dict[str, Any]):
    """A mapping written on one line."""


class _FlowList(list[Any]):
    """A list written on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as a block, and never an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _flow(dumper: yaml.SafeDumper, value: _Flow) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)


def _flow_list(dumper: yaml.SafeDumper, value: _FlowList) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Flow, _flow)
_Dumper.add_representer(_FlowList, _flow_list)


def card_files(card: CardData) -> dict[str, str]:
    """Return the text of every file of the card's folder by relative path, in a stable order."""
    files = {"card.yaml": dump(_keys(card))}
    if project := _project(card):
        files["project.json"] = json.dumps(project, indent=2, ensure_ascii=False) + "\n"
    if card.setup:
        files["setup.py"] = card.setup
    for case in card.cases:
        if case.action:
            files[f"case_{case.name}.py"] = with_intent(case)
    for version in card.versions:
        for path, text in sorted(version.files.items()):
            files[f"{version.name}/{path}"] = text
    return files


def write_folder(card: CardData, path: Path) -> None:
    """Write the card's folder; files that are there are overwritten, others are left."""
    for name, text in card_files(card).items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def card_yaml(card: CardData) -> str:
    """Return the card with its programs as one YAML text; see card_folder.read_yaml()."""
    keys = {"slug": card.slug, **_keys(card)}
    if card.setup:
        keys["setup"] = card.setup
    if card.project:
        keys["project"] = card.project
    for version in card.versions:
        keys["versions"][version.name]["files"] = dict(sorted(version.files.items()))
    for case in card.cases:
        if case.action:
            keys["cases"][case.name]["action"] = with_intent(case)
    return dump(keys)


def dump(value: dict[str, Any]) -> str:
    """Return a mapping as the YAML that we write."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=float("inf"), indent=2
    )
    return text


def _project(card: CardData) -> dict[str, Any]:
    """Return project.json; cases without a file of their own are named in it for other tools."""
    bare = {c.name: {"intent": c.wanted, "about": c.about} for c in card.cases if not c.action}
    return {**card.project, "cases": bare} if bare else dict(card.project)


def _keys(card: CardData) -> dict[str, Any]:
    """Return card.yaml as it is dumped; what is empty or the default is left out."""
    keys: dict[str, Any] = {
        "number": card.number,
        "title": card.title,
        "topics": _FlowList(card.topics),
        "difficulty": card.difficulty,
    }
    if card.status != "published":
        keys["status"] = card.status
    keys |= {key: text + "\n" for key in PROSE if (text := getattr(card, key))}
    for key in ("hints", "ideas", "references"):
        if value := getattr(card, key):
            keys[key] = value
    if card.bug_lines:
        keys["bug_lines"] = {path: _FlowList(lines) for path, lines in card.bug_lines.items()}
    if card.unsolved:
        keys["unsolved"] = card.unsolved + "\n"
    if card.newer:
        keys["newer"] = card.newer
    keys["versions"] = {version.name: _version(version) for version in card.versions}
    if card.cases:
        keys["cases"] = {case.name: _case(case) for case in card.cases}
    return keys


def _version(version: VersionData) -> dict[str, Any]:
    keys = {"kind": version.kind} if version.name not in KINDS else {}
    keys["title"] = version.title
    return keys | ({"note": version.note} if version.note else {})


def _case(case: CaseData) -> dict[str, Any]:
    keys: dict[str, Any] = {"title": case.title}
    if case.about:
        keys["about"] = case.about
    keys["wanted"] = _wanted(case.wanted, case.wanted_to, case.wanted_subjects, case.wanted_result)
    if case.predict:
        keys["predict"] = True
    if case.claims:
        claims = {name: _claim(claim) for name, claim in case.claims.items()}
        keys["claims"] = _on_one_line(claims)
    return keys


def _wanted(emails: int, to: Any, subjects: Any, result: Any) -> Any:
    said = {"to": to, "subjects": subjects, "result": result}
    more = {key: value for key, value in said.items() if value is not None}
    return _on_one_line({"emails": emails, **more}) if more else emails


def wanted_text(want: dict[str, Any]) -> str:
    """Return what a case wants as card.yaml writes it; keys are the fields of CaseData."""
    keys = ("wanted", "wanted_to", "wanted_subjects", "wanted_result")
    return dump(_wanted(*(want.get(key) for key in keys))).removesuffix("\n...\n").strip()  # type: ignore[arg-type]


def claims_text(claims: dict[str, ClaimData]) -> str:
    """Return claims as card.yaml writes them, a version a line."""
    return dump({name: _claim(claim) for name, claim in claims.items()}) if claims else ""


def _claim(claim: ClaimData) -> Any:
    more = {
        key: value
        for key in ("recipients", "to", "subjects", "error", "result")
        if (value := getattr(claim, key)) not in (None, "")
    }
    if claim.since:
        more["since"] = _Flow({django: _claim(then) for django, then in claim.since.items()})
    return _Flow(emails=claim.emails, **more) if more else claim.emails


def _on_one_line(value: dict[str, Any]) -> dict[str, Any]:
    """Return the mapping to be written on one line, if it fits there."""
    return _Flow(value) if len(str(value)) <= FLOW_WIDTH else value
