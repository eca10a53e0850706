"""Every program does here what it did under the oracle: Django itself in a fresh process."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
import msgspec
import pytest

from sandbox.program import Job, read_folder
from tests.sandbox.runner import ROOT, Runner
from tests.sandbox.summary import summary

RunAll = Callable[[list[Job]], list[dict[str, Any]]]

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


def differences(run_all: RunAll, folder: Path, keys: tuple[str, ...] = COMPARED) -> list[str]:
    """Return a line for each thing that the sandbox says otherwise than the oracle."""
    program = read_folder(folder)
    wanted = list(cells(folder))
    assert wanted, f"{folder} has no measured cell"
    reports = run_all([program.job(version, case) for case, version, _ in wanted])
    return [
        f"{case} {version} {key}: oracle {cell[key]!r}, here {said[key]!r}"
        for (case, version, cell), report in zip(wanted, reports, strict=True)
        for said in [summary(report)]
        for key in keys
        if said[key] != cell[key]
    ]


PROGRAMS = folders("tests/programs")
every_program = pytest.mark.parametrize("folder", PROGRAMS, ids=lambda path: path.name)


@pytest.fixture(scope="module")
def runner():
    with Runner() as runner:
        yield runner


@every_program
def test_every_cell_is_what_the_oracle_measured(runner, folder):
    assert differences(runner.run_all, folder) == []


def test_the_sealed_machine_is_as_good_as_any(box):
    def run_all(jobs):
        return [msgspec.to_builtins(report) for report in box.run_all(jobs)]

    assert differences(run_all, ROOT / "tests/programs/machine") == []


@pytest.mark.slow
@pytest.mark.parametrize("options", [{"rehearse": True}, {"cold": True}], ids=str)
def test_every_way_to_start_tells_the_same(options):
    with Runner(**options) as runner:
        assert [line for folder in PROGRAMS for line in differences(runner.run_all, folder)] == []


@pytest.mark.slow
def test_without_the_recorder_the_same_emails_are_sent():
    with Runner(trace=False) as runner:
        told = [
            line for one in PROGRAMS for line in differences(runner.run_all, one, COMPARED[:-1])
        ]
    # The oracle's own wrapper takes a frame of every round of an endless recursion.
    assert [line for line in told if not line.startswith("recursion")] == []
