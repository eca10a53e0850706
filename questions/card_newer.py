"""What card.yaml says of newer Djangos: under `newer`, and in a claim's `since`."""

from __future__ import annotations

import re
from typing import Any

import yaml

from questions.card_data import CaseData
from questions.card_yaml import Reading

KEYS = ("what", "ticket", "cures")
CURES = ("all", "part")
RELEASE = re.compile(r"[1-9][0-9]?\.[0-9]")


def read_newer(reading: Reading, node: yaml.Node) -> dict[str, dict[str, Any]]:
    """Return what newer Djangos do otherwise, by feature release."""
    newer: dict[str, dict[str, Any]] = {}
    for django, value in by_release(reading, node).items():
        said: dict[str, Any] = {}
        newer[django] = said
        for key, part in reading.keys(value, KEYS, ("what",)).items():
            match key:
                case "what":
                    said[key] = reading.line(part, most=300)
                case "ticket":
                    said[key] = reading.number(part, 1, 999_999)
                case "cures":
                    said[key] = reading.line(part, most=10)
                    if said[key] and said[key] not in CURES:
                        reading.wrong(part, said[key], f"one of {', '.join(CURES)}")
    return newer


def by_release(reading: Reading, node: yaml.Node) -> dict[str, yaml.Node]:
    """Return the values of a mapping whose keys are feature releases of Django."""
    found = reading.keys(node)
    for django, value in found.items():
        if not RELEASE.fullmatch(django):
            reading.wrong(value, f"Django {django}", 'a feature release in quotes: "6.1"')
    return {django: value for django, value in found.items() if RELEASE.fullmatch(django)}


def check_since(reading: Reading, case: CaseData, newer: dict[str, Any]) -> None:
    """A figure that changed with Django is explained to the reader, once for the card."""
    for name, claim in case.claims.items():
        for django in claim.since.keys() - newer.keys():
            line = reading.lines[f"claim:{case.name}:{name}"]
            reading.wrong(line, f"since {django}, of which newer says nothing", "it under newer:")
