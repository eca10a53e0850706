"""Every program does here what it did under the oracle: Django itself in a fresh process."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest

from sandbox.program import read_folder
from tests.sandbox.runner import ROOT, run_jobs
from tests.sandbox.summary import summary

COMPARED = ("emails", "recipients", "error", "to", "rows", "result", "signals")


def folders(*roots: str) -> list[Path]:
    """Return every folder below the roots that has an expected.json."""
    return sorted(p.parent for root in roots for p in (ROOT / root).rglob("expected.json"))


def cells(folder: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield case, version and what the oracle measured."""
    file = folder / "expected.json"
    if django.VERSION >= (6, 1) and (folder / "expected-6.1.json").exists():
        file = folder / "expected-6.1.json"
    expected = json.loads(file.read_text())
    for case, row in expected["cases"].items():
        for version, cell in row.items():
            if isinstance(cell, dict) and "emails" in cell:
                yield case, version, cell


def differences(folder: Path, **options: Any) -> list[str]:
    """Return a line for each thing that the sandbox says otherwise than the oracle."""
    program = read_folder(folder)
    wanted = list(cells(folder))
    assert wanted, f"{folder} has no measured cell"
    compared = [key for key in COMPARED if key != "signals" or options.get("trace", True)]
    reports = run_jobs([program.job(version, case) for case, version, _ in wanted], **options)
    return [
        f"{case} {version} {key}: oracle {cell[key]!r}, here {said[key]!r}"
        for (case, version, cell), report in zip(wanted, reports, strict=True)
        for said in [summary(report)]
        for key in compared
        if said[key] != cell[key]
    ]


PROGRAMS = folders("tests/programs")
every_program = pytest.mark.parametrize("folder", PROGRAMS, ids=lambda path: path.name)


@every_program
def test_every_cell_is_what_the_oracle_measured(folder):
    assert differences(folder) == []


@pytest.mark.slow
@every_program
def test_a_process_that_rehearsed_tells_the_same(folder):
    assert differences(folder, rehearse=True) == []


@pytest.mark.slow
@every_program
def test_a_start_from_nothing_tells_the_same(folder):
    assert differences(folder, cold=True) == []


@pytest.mark.slow
@every_program
def test_without_the_recorder_the_same_emails_are_sent(folder):
    # The oracle's own wrapper takes a frame of every round of an endless recursion.
    told = differences(folder, trace=False)
    assert [line for line in told if not line.startswith("recursion")] == []
