"""manage.py export_cards: cards of the database as a file: zip, YAML, Moodle XML, GIFT, Anki."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from questions.export.kinds import KINDS
from questions.models import Card


class Command(BaseCommand):
    help = "Write cards as one file; without a slug all that are published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG")
        parser.add_argument("--as", dest="kind", choices=list(KINDS), default="zip")
        parser.add_argument("--to", type=Path, help="the file or folder to write to (here)")
        parser.add_argument(
            "--site",
            default="http://localhost:8000",
            help="where the live cards are; each exported one carries its link (%(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; an unknown slug stops it before anything is written."""
        slugs = options["slugs"]
        cards = Card.objects.with_content().order_by("number")
        cards = cards.filter(slug__in=slugs) if slugs else cards.published()
        found = [card.data() for card in cards]
        missing = sorted(set(slugs) - {card.slug for card in found})
        if missing or not found:
            raise CommandError(f"No card {', '.join(missing)}." if missing else "No cards.")
        site = options["site"].rstrip("/")
        _, make = KINDS[options["kind"]]
        file = make(found, lambda card: site + Card(slug=card.slug).get_absolute_url())
        to = options["to"] or Path()
        path = to / file.name if to.is_dir() else to
        path.write_bytes(file.content)
        many = f"{len(found)} card{'s' if len(found) > 1 else ''}"
        self.stdout.write(f"written: {path} ({many}, {len(file.content)} bytes)")
