"""manage.py verify_cards: runs every claim of every card, three times, and every hunk undone."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from questions.card_data import CardData
from questions.card_folder import read_folder
from questions.card_yaml import CardMistakes
from questions.flags import flag
from questions.measure import keep
from questions.models import Card
from questions.verify import TIMES, Verdict, verify
from sandbox.client import Busy, Unavailable


class Command(BaseCommand):
    help = "Verify cards: every claim must hold in every run. Exit 1 if one does not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "cards",
            nargs="*",
            metavar="SLUG",
            help="cards by slug, or card folders (all published)",
        )
        parser.add_argument("--all", action="store_true", help="drafts and retired cards, too")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--schedule",
            action="store_true",
            help="for a nightly run: flag cards that are not true any more to their authors",
        )
        parser.add_argument(
            "--times", type=int, default=TIMES, help="runs of each claim (%(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and report; exit 1 if a card fails, 2 for bad arguments, 3 without a sandbox."""
        cards, stored = self.cards(options)
        began = time.monotonic()
        verdicts: list[Verdict] = []
        try:
            for verdict, reports in verify(cards, times=options["times"], progress=progress()):
                verdicts.append(verdict)
                if stored:
                    keep(reports)
                if not options["json"]:
                    self.say(verdict)
        except (Unavailable, Busy) as error:
            raise CommandError(str(error), returncode=3) from error
        failed = [verdict.slug for verdict in verdicts if not verdict.ok]
        if stored and options["schedule"]:
            # A draft that is not true yet is nothing to wake somebody for.
            failed = [each.card.slug for each in flag(verdicts)]
        took = time.monotonic() - began
        runs = sum(verdict.runs for verdict in verdicts)
        if options["json"]:
            self.stdout.write(_json(verdicts, took))
        else:
            self.stdout.write(f"{len(cards)} cards, {runs} runs, {took:.1f} s")
        if failed:
            raise CommandError(f"{len(failed)} not true: {', '.join(failed)}", returncode=1)

    def cards(self, options: dict[str, Any]) -> tuple[list[CardData], bool]:
        """Return the cards asked for, and whether they are those of the database."""
        names: list[str] = options["cards"]
        if names and all(Path(name, "card.yaml").is_file() for name in names):
            try:
                return [read_folder(Path(name)) for name in names], False
            except CardMistakes as error:
                raise CommandError(str(error), returncode=2) from error
        rows = Card.objects.with_content()
        if names:
            rows = rows.filter(slug__in=names)
            if unknown := set(names) - {card.slug for card in rows}:
                raise CommandError(f"No such card: {', '.join(sorted(unknown))}", returncode=2)
        elif not options["all"]:
            rows = rows.published()
        return [card.data() for card in rows], True

    def say(self, verdict: Verdict) -> None:
        """Print one row of the table, and under it what is wrong."""
        cells = sum(map(len, verdict.measured.values()))
        state = self.style.SUCCESS("true ") if verdict.ok else self.style.ERROR("FALSE")
        self.stdout.write(f"{state} {verdict.slug:32} {cells:4} claims {verdict.runs:5} runs")
        for problem in verdict.problems:
            self.stdout.write(f"      ✗ {problem}")
        for warning in (*verdict.warnings, *verdict.needless):
            self.stdout.write(f"      ! {warning}")


def progress() -> Callable[[int, int], None]:
    """Return what draws a bar on standard error, if somebody is looking there."""
    if not sys.stderr.isatty():
        return lambda done, total: None

    def draw(done: int, total: int) -> None:
        filled = 40 * done // total
        end = "\r\033[K" if done == total else ""
        sys.stderr.write(f"\r[{'#' * filled}{'.' * (40 - filled)}] {done}/{total}{end}")
        sys.stderr.flush()

    return draw


def _json(verdicts: list[Verdict], took: float) -> str:
    found = [{"ok": verdict.ok, **msgspec.to_builtins(verdict)} for verdict in verdicts]
    whole = {"ok": all(v.ok for v in verdicts), "seconds": round(took, 1), "cards": found}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1).decode()
