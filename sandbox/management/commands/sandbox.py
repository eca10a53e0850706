"""Run a program folder or one .py file in the sandbox and print what it did (docs/report.md)."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand

from sandbox import client
from sandbox.ledger import ledger
from sandbox.program import Program, ProgramError, read_file, read_folder
from sandbox.report import Report

RAN, BAD, REFUSED = 0, 2, 3


class Command(BaseCommand):
    """Exit status: 0 ran, 2 bad arguments or a malformed program, 3 refused on this machine."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a program folder, or one .py file")
        parser.add_argument("--version", action="append", default=[], dest="versions")
        parser.add_argument("--case", action="append", default=[], dest="cases")
        parser.add_argument("--json", action="store_true", help="print every report as JSON")
        parser.add_argument("--repeat", type=int, default=1, help="run everything so many times")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        # Django's own --version would shadow ours; nobody asks this command for Django's.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        program = self.read(options["path"])
        jobs = [
            program.job(version, case)
            for case in self.chosen("case", options["cases"], list(program.cases))
            for version in self.chosen("version", options["versions"], list(program.versions))
        ]
        if options["repeat"] < 1:
            self.fail(["--repeat: expected 1 or more"], BAD)
        try:
            reports = list(client.run_all(jobs * options["repeat"]))
        except (client.Unavailable, client.Busy) as error:
            self.fail([str(error)], REFUSED)
        refusals = {r.error.message for r in reports if r.outcome == "refused" and r.error}
        if refusals:
            self.fail(sorted(refusals), REFUSED)
        self.print(program, reports, as_json=options["json"])

    def read(self, path: Path) -> Program:
        try:
            return read_folder(path) if path.is_dir() else read_file(path)
        except ProgramError as error:
            return self.fail(error.mistakes, BAD)

    def chosen(self, what: str, asked: list[str], there: list[str]) -> list[str]:
        unknown = [name for name in asked if name not in there]
        if unknown:
            self.fail([f"no {what} {name!r}, expected one of {there}" for name in unknown], BAD)
        return asked or there

    def print(self, program: Program, reports: list[Report], *, as_json: bool) -> None:
        if as_json:
            body = msgspec.json.encode({"program": program.name, "runs": reports})
            self.stdout.write(body.decode())
            return
        wanted = {name: intent.emails for name, intent in program.intents.items()}
        self.stdout.write(ledger(reports, wanted))

    def fail(self, lines: list[str], status: int) -> Any:
        for line in lines:
            self.stderr.write(line)
        sys.exit(status)
