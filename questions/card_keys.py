"""What card.yaml says: its keys, their types and limits (docs/writing-cards.md)."""

from __future__ import annotations

import re
from typing import Any

import yaml

from questions.card_data import KINDS, STATUSES, CardData, CaseData, ClaimData, VersionData
from questions.card_newer import by_release, check_since, read_newer
from questions.card_yaml import Reading

REQUIRED = (
    "number", "title", "topics", "difficulty", "scenario", "question", "explanation", "versions",
)  # fmt: skip
KEYS = (
    *REQUIRED[:4], "status", "scenario", "question", "explanation", "answer", "lesson", "hints",
    "ideas", "references", "bug_lines", "unsolved", "newer", "versions", "cases",
)  # fmt: skip
# A card in one file carries its programs, too.
ONE_FILE_KEYS = (*KEYS, "slug", "setup", "project")
VERSION_KEYS = ("kind", "title", "note")
CASE_KEYS = ("title", "about", "wanted", "predict", "claims")
WANTED_KEYS = ("emails", "to", "subjects", "result")
CLAIM_KEYS = ("emails", "recipients", "to", "subjects", "error", "result", "since")
REFERENCE_KEYS = ("title", "url")

# A slug is a folder's name; Windows keeps some for its devices.
SLUG = re.compile(r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9]+(?:-[a-z0-9]+)*")
NAME = re.compile(r"[a-z][a-z0-9_]*")
ERROR = re.compile(r"(?:import|migrate|setup|case):[A-Za-z_][A-Za-z0-9_]*")
OUTCOMES = ("time_limit", "memory_limit", "output_limit", "crashed")
URL = re.compile(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?")
MOST_EMAILS = 1000
PROSE = 8000  # characters of one Markdown text
SOURCE = 64 * 1024  # characters of one file
UNFINISHED = ", or status: draft while the card is unfinished"


def read_keys(reading: Reading, root: yaml.Node, slug: str, *, one_file: bool = False) -> CardData:
    """Return what the document says of the card; `one_file` expects the programs in it, too."""
    required = (*REQUIRED, "slug") if one_file else REQUIRED
    nodes = reading.keys(root, ONE_FILE_KEYS if one_file else KEYS, required)
    for key, node in nodes.items():
        reading.lines[key] = reading.lines_of(node)
    card: dict[str, Any] = {"slug": slug, "number": 0, "title": "", "topics": [], "difficulty": 1}
    card |= {"scenario": "", "question": "", "explanation": ""}
    for key, node in nodes.items():
        card[key] = _value(reading, key, node, one_file)
    card["status"] = card.get("status", "published")
    _check_whole(reading, root, nodes, card)
    return CardData(**card)


def _value(reading: Reading, key: str, node: yaml.Node, one_file: bool) -> Any:  # noqa: C901
    match key:
        case "slug":
            return _matching(reading, node, SLUG, "lower-case letters, digits and hyphens", 80)
        case "number":
            return reading.number(node, 1, 99_999)
        case "title":
            return reading.line(node, most=120)
        case "topics":
            return _distinct(reading, reading.items(node, least=1, most=8), most=80)
        case "difficulty":
            return reading.number(node, 1, 3)
        case "status":
            return _one_of(reading, node, STATUSES)
        case "hints":
            return [reading.text(item, most=1000) for item in reading.items(node, most=3)]
        case "ideas":
            return [reading.text(item, most=300) for item in reading.items(node, most=5)]
        case "references":
            return [_reference(reading, item) for item in reading.items(node, most=12)]
        case "bug_lines":
            return _bug_lines(reading, node)
        case "newer":
            return read_newer(reading, node)
        case "setup":
            return reading.text(node, most=SOURCE, verbatim=True)
        case "project":
            return reading.plain(node)
        case "versions":
            return _versions(reading, node, one_file)
        case "cases":
            return _cases(reading, node, one_file)
    return reading.text(node, most=PROSE)


def _check_whole(
    reading: Reading, root: yaml.Node, nodes: dict[str, yaml.Node], card: dict[str, Any]
) -> None:
    """Check what a published card must have; a draft may still lack it."""
    names = [version.name for version in card.get("versions", [])]
    draft = card["status"] == "draft"
    for case in card.get("cases", []):
        _check_claims(reading, case, names, card["status"])
        check_since(reading, case, card.get("newer", {}))
    if draft:
        return
    less = UNFINISHED if card["status"] == "published" else ""
    for name, what in (("buggy", "the card's code"), ("fixed", "the answer's code")):
        if "versions" in nodes and name not in names:
            expected = f"{what} as version {name}{less}"
            reading.wrong(nodes["versions"], f"no version {name}", expected)
    for key, expected in (("cases", "at least two cases"), ("ideas", "2 to 5 short sentences")):
        there = len(card.get(key, []))
        if key not in nodes:
            reading.wrong(root, f"no {key} yet", f"{expected}{less}", key=key)
        elif there < 2:
            reading.wrong(nodes[key], f"{there or 'no'} {key.rstrip('s')}", f"{expected}{less}")


def _check_claims(reading: Reading, case: CaseData, names: list[str], status: str) -> None:
    for name in case.claims:
        if name not in names:
            line = reading.lines[f"claim:{case.name}:{name}"]
            reading.wrong(line, f"claim for unknown version {name}", f"one of {_and(names)}")
    missing = [name for name in names if name not in case.claims]
    if missing and status != "draft":
        line, key = reading.lines[f"claims:{case.name}"], f"cases › {case.name} › claims"
        expected = f"a claim for every version{UNFINISHED if status == 'published' else ''}"
        reading.wrong(line, f"no claim for {_and(missing)}", expected, key=key)


def _versions(reading: Reading, node: yaml.Node, one_file: bool) -> list[VersionData]:
    known = (*VERSION_KEYS, "files") if one_file else VERSION_KEYS
    required = ("title", "files") if one_file else ("title",)
    versions = []
    for name, value in reading.keys(node).items():
        reading.lines[f"version:{name}"] = line = reading.lines_of(value)
        if not NAME.fullmatch(name) or len(name) > 40:
            reading.wrong(line, f"version {name}", "a name of a-z, 0-9 and _, at most 40")
        nodes = reading.keys(value, known, required)
        version: dict[str, Any] = {
            "name": name,
            "title": "",
            "kind": _kind(reading, name, nodes, line),
        }
        if "title" in nodes:
            version["title"] = reading.line(nodes["title"], most=120)
        if "note" in nodes:
            version["note"] = reading.text(nodes["note"], most=2000)
        if "files" in nodes:
            version["files"] = {
                path: reading.text(text, most=SOURCE, least=0, verbatim=True)
                for path, text in reading.keys(nodes["files"]).items()
            }
        versions.append(VersionData(**version))
    return versions


def _kind(reading: Reading, name: str, nodes: dict[str, yaml.Node], line: int) -> str:
    if "kind" not in nodes:
        if name not in KINDS:
            reading.wrong(line, f"version {name} has no kind", "kind: hardened or kind: decoy")
        return name if name in KINDS else "hardened"
    kind = _one_of(reading, nodes["kind"], KINDS)
    if kind != name and {kind, name} & {"buggy", "fixed"}:
        reading.wrong(
            nodes["kind"], f"version {name} of kind {kind}", "kind and name to agree here"
        )
        return name if name in KINDS else "hardened"
    return kind


def _cases(reading: Reading, node: yaml.Node, one_file: bool) -> list[CaseData]:
    known = (*CASE_KEYS, "action") if one_file else CASE_KEYS
    cases = []
    for name, value in reading.keys(node).items():
        reading.lines[f"case:{name}"] = reading.lines[f"claims:{name}"] = reading.lines_of(value)
        if not NAME.fullmatch(name) or len(name) > 60:
            reading.wrong(value, f"case {name}", "a name of a-z, 0-9 and _, at most 60")
        nodes = reading.keys(value, known, ("title", "wanted"))
        case: dict[str, Any] = {"name": name, "title": "", "wanted": 0}
        if "title" in nodes:
            case["title"] = reading.line(nodes["title"], most=120)
        if "about" in nodes:
            case["about"] = reading.line(nodes["about"], most=240)
        if "wanted" in nodes:
            case |= read_wanted(reading, nodes["wanted"])
        if "predict" in nodes:
            case["predict"] = reading.flag(nodes["predict"])
        if "action" in nodes:
            case["action"] = reading.text(nodes["action"], most=SOURCE, verbatim=True)
        if "claims" in nodes:
            case["claims"] = read_claims(reading, name, nodes["claims"])
        cases.append(CaseData(**case))
    return cases


def read_wanted(reading: Reading, node: yaml.Node) -> dict[str, Any]:
    """Return what a case wants: a number of emails, or a mapping of WANTED_KEYS."""
    if not isinstance(node, yaml.MappingNode):
        return {"wanted": reading.number(node, 0, MOST_EMAILS)}
    nodes = reading.keys(node, WANTED_KEYS, ("emails",))
    wanted: dict[str, Any] = {"wanted": 0}
    for key, value in nodes.items():
        match key:
            case "emails":
                wanted["wanted"] = reading.number(value, 0, MOST_EMAILS)
            case "to" | "subjects":
                wanted[f"wanted_{key}"] = _sorted(reading, value)
            case "result":
                wanted["wanted_result"] = reading.plain(value)
    return wanted


def read_claims(reading: Reading, case: str, node: yaml.Node) -> dict[str, ClaimData]:
    """Return the claims of one case by version name; their lines are noted in `reading`."""
    reading.lines[f"claims:{case}"] = reading.lines_of(node)
    claims = {}
    for name, value in reading.keys(node).items():
        reading.lines[f"claim:{case}:{name}"] = reading.lines_of(value)
        claims[name] = _claim(reading, value)
    return claims


def _claim(reading: Reading, node: yaml.Node) -> ClaimData:
    if not isinstance(node, yaml.MappingNode):
        return ClaimData(emails=reading.number(node, 0, MOST_EMAILS))
    claim: dict[str, Any] = {"emails": 0}
    for key, value in reading.keys(node, CLAIM_KEYS, ("emails",)).items():
        match key:
            case "emails" | "recipients":
                claim[key] = reading.number(value, 0, MOST_EMAILS)
            case "to" | "subjects":
                claim[key] = _sorted(reading, value)
            case "error":
                claim[key] = reading.line(value, most=120)
                if claim[key] and claim[key] not in OUTCOMES and not ERROR.fullmatch(claim[key]):
                    expected = '"phase:Type" (import, migrate, setup or case), or a limit'
                    reading.wrong(value, f"error {claim[key]}", expected)
            case "result":
                claim[key] = reading.plain(value)
            case "since":
                claim[key] = _since(reading, value)
    return ClaimData(**claim)


def _since(reading: Reading, node: yaml.Node) -> dict[str, ClaimData]:
    claims = {}
    for django, value in by_release(reading, node).items():
        claims[django] = _claim(reading, value)
        if claims[django].since:
            reading.wrong(value, "since inside since", "the releases side by side")
    return claims


def _bug_lines(reading: Reading, node: yaml.Node) -> dict[str, list[int]]:
    lines = {}
    for path, value in reading.keys(node).items():
        reading.lines[f"bug_lines:{path}"] = reading.lines_of(value)
        numbers = [reading.number(item, 1, 9999) for item in reading.items(value, least=1, most=40)]
        if numbers != sorted(set(numbers)):
            reading.wrong(value, "line numbers out of order or twice", "them in ascending order")
        lines[path] = numbers
    return lines


def _reference(reading: Reading, node: yaml.Node) -> dict[str, str]:
    nodes = reading.keys(node, REFERENCE_KEYS, REFERENCE_KEYS)
    reference = {key: reading.line(value, most=400) for key, value in nodes.items()}
    if "url" in reference and not URL.fullmatch(reference["url"]):
        reading.wrong(nodes["url"], f"address {reference['url']}", "https://…")
    return reference


def _distinct(reading: Reading, nodes: list[yaml.Node], *, most: int) -> list[str]:
    found: list[str] = []
    for node in nodes:
        text = reading.line(node, most=most)
        if text in found:
            reading.wrong(node, f"{text} stands twice", "it once")
        found.append(text)
    return found


def _sorted(reading: Reading, node: yaml.Node) -> list[str]:
    """Return a list of lines in sorted order: the order in a card's list means nothing."""
    return sorted(reading.line(item, most=400) for item in reading.items(node, most=200))


def _one_of(reading: Reading, node: yaml.Node, allowed: tuple[str, ...]) -> str:
    text = reading.line(node, most=40)
    if text and text not in allowed:
        reading.wrong(node, text, f"one of {', '.join(allowed)}")
    return text if text in allowed else allowed[0]


def _matching(
    reading: Reading, node: yaml.Node, form: re.Pattern[str], words: str, most: int
) -> str:
    text = reading.line(node, most=most)
    if text and not form.fullmatch(text):
        reading.wrong(node, text, words)
    return text


def _and(names: list[str]) -> str:
    return ", ".join(names)
