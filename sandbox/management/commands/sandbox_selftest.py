"""Attack this machine's sandbox and say what held: the probes, the tier, what is missing."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

import msgspec
from django.core.management.base import BaseCommand

from sandbox import client, selftest

FULL, BELOW, NOTHING = 0, 1, 3


class Command(BaseCommand):
    """Exit status: 0 full, 1 below full, 3 nothing can run."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        status = client.status()
        probes = self.probes() if status.available else []
        if options["json"]:
            body = msgspec.json.encode({"status": status, "probes": probes})
            self.stdout.write(body.decode())
        else:
            self.print(status, probes)
        if not status.available:
            sys.exit(NOTHING)
        held = all(probe.held for probe in probes)
        sys.exit(FULL if status.tier == "full" and held else BELOW)

    def probes(self) -> list[selftest.Held]:
        jobs = [selftest.job(name) for name in (*selftest.QUICK, *selftest.FATAL)]
        try:
            return [selftest.held(report) for report in client.run_all(jobs)]
        except (client.Unavailable, client.Busy) as error:
            return [selftest.Held("sandbox", False, str(error))]

    def print(self, status: client.Status, probes: list[selftest.Held]) -> None:
        for probe in probes:
            mark = "held " if probe.held else "BROKE" if probe.tried else "  -  "
            self.stdout.write(f"{mark}  {probe.probe:14} {probe.reached}".rstrip())
        held = sum(probe.held for probe in probes)
        self.stdout.write(f"{held} of {len(probes)} probes held")
        self.stdout.write(f"tier: {status.tier or 'none'}")
        if status.why:
            self.stdout.write(f"why no better: {status.why}")
