"""manage.py new_card: the folder of a new card, which loads and runs at once."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from questions.card_folder import read_folder
from questions.card_keys import SLUG
from questions.card_write import write_folder
from questions.card_yaml import CardMistakes
from questions.new_card import new_card
from questions.topic_file import read_topics


class Command(BaseCommand):
    help = "Make the folder of a new card: a small true draft, to be rewritten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the folder's name, say rollback-email")
        parser.add_argument("--to", type=Path, default=settings.CARDS_DIR, help="(%(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the folder and say what to type next; exit 2 if it cannot be."""
        slug, folder = options["slug"], options["to"] / options["slug"]
        if not SLUG.fullmatch(slug) or len(slug) > 80:
            raise CommandError(
                f"{slug}: expected lower-case letters, digits and hyphens", returncode=2
            )
        if folder.exists():
            raise CommandError(f"{folder} is there already", returncode=2)
        topic = read_topics(settings.CARDS_DIR.parent / "topics.yaml")[0].name
        write_folder(new_card(slug, _free_number(settings.CARDS_DIR, options["to"]), topic), folder)
        self.stdout.write(f"written: {folder}\n" + NEXT.format(folder=folder))


def _free_number(*folders: Path) -> int:
    """Return the number after the highest one in these folders; broken cards do not count."""
    numbers = [0]
    for file in (file for cards in folders for file in cards.glob("*/card.yaml")):
        try:
            numbers.append(read_folder(file.parent).number)
        except CardMistakes:
            continue
    return max(numbers) + 1


NEXT = """
  python manage.py sandbox {folder}                 runs every version in every case
  python manage.py load_cards --check {folder}      every mistake at once
  python manage.py verify_cards {folder}            every claim, three times
Then write: see docs/writing-cards.md. Take out `status: draft` when it is true and finished."""
