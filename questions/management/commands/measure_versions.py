"""manage.py measure_versions: verifies the bank on several Djangos and keeps what each measured."""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from questions import matrix, versions
from questions.card_folder import read_folder
from questions.verify import Verdict

MANAGE = Path(settings.BASE_DIR) / "manage.py"


class Said(msgspec.Struct):
    """What verify_cards --json prints, as far as it is needed here."""

    ok: bool
    cards: list[Verdict]


class Command(BaseCommand):
    help = (
        "Verify all cards with each Python given; write fixtures/measured.json, docs/versions.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "pythons",
            nargs="+",
            metavar="PYTHON",
            help="interpreters that have the site's requirements, each with a Django of its own",
        )
        parser.add_argument(
            "--all", action="store_true", help="all cards, not only those whose code has changed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and write; exit 1, with nothing written, where a card is not true."""
        folders = sorted(path.parent for path in Path(settings.CARDS_DIR).glob("*/card.yaml"))
        cards = [read_folder(folder) for folder in folders]
        kept = versions.Matrix() if options["all"] else versions.read()
        stale = [card for card in cards if not kept.is_of(card)]
        todo = [folder for folder, card in zip(folders, cards, strict=True) if card in stale]
        found = [self.verify(python, todo) for python in options["pythons"]] if todo else []
        made = matrix.make(stale, found) if found else kept
        if kept.platforms and list(made.platforms) != list(kept.platforms):
            known = ", ".join(kept.platforms)
            raise CommandError(f"The other cards were measured on {known}; see --all.")
        slugs = [card.slug for card in cards]
        made = made.with_kept({slug: kept.cards[slug] for slug in slugs if slug in kept.cards})
        versions.path().write_text(matrix.text(made), encoding="utf-8")
        table = Path(settings.BASE_DIR) / "docs" / "versions.md"
        table.write_text(matrix.table(cards, made), encoding="utf-8")
        self.stdout.write(f"{len(todo)} of {len(cards)} cards on {', '.join(made.platforms)}")

    def verify(self, python: str, folders: list[Path]) -> list[Verdict]:
        """Return the verdicts of one interpreter; raise CommandError if one is no `true`."""
        with tempfile.TemporaryDirectory(prefix="signalbox-") as var:
            command = [python, str(MANAGE), "verify_cards", "--json", "--times", "1"]
            done = subprocess.run(  # noqa: S603 - the developer's own interpreters
                [*command, *map(str, folders)],
                env={**os.environ, "VAR_DIR": var},
                stdout=subprocess.PIPE,
                stderr=sys.stderr,
            )
        try:
            said = msgspec.json.decode(done.stdout, type=Said)
        except msgspec.MsgspecError as error:
            raise CommandError(f"{python} measured nothing: {error}") from error
        wrong = [f"{v.slug}: {problem}" for v in said.cards for problem in v.problems]
        if wrong:
            raise CommandError("\n".join([f"{python}:", *wrong]))
        return said.cards
