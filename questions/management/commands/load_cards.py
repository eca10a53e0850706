"""manage.py load_cards: the cards of fixtures/cards, or of other folders, into the database."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from questions.card_load import load
from questions.card_yaml import CardMistakes


class Command(BaseCommand):
    help = "Load card folders: all or nothing, idempotent by slug. See docs/writing-cards.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="*", type=Path, metavar="PATH", help="a card or a folder of cards"
        )
        parser.add_argument(
            "--check", action="store_true", help="say what would happen, change nothing"
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="replace cards edited here since they were loaded",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and report; exit 2 after any mistake, with nothing saved."""
        try:
            loaded = load(
                options["paths"] or [settings.CARDS_DIR],
                check=options["check"],
                overwrite=options["overwrite"],
            )
        except DatabaseError as error:
            raise CommandError(f"{error}. Run `python manage.py migrate` first.") from error
        except CardMistakes as error:
            count = len(error.mistakes)
            said = f"{error}\n{count} {'mistake' if count == 1 else 'mistakes'}; nothing was saved."
            raise CommandError(said, returncode=2) from error
        for slug, state in loaded:
            if state != "unchanged" or options["verbosity"] > 1:
                self.stdout.write(f"{state:9} {slug}{KEPT if state == 'kept' else ''}")
        counts = Counter(state for _, state in loaded)
        done = ", ".join(f"{counts[state]} {state}" for state in ("added", "changed", "unchanged"))
        kept = f", {counts['kept']} kept" if counts["kept"] else ""
        checked = " (checked, nothing saved)" if options["check"] else ""
        self.stdout.write(f"{done}{kept}{checked}")


KEPT = " (edited here since it was loaded; --overwrite replaces it)"
