"""manage.py import_cards: questions, YAML, CSV or zips become card folders or drafts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from questions.card_any import read_any
from questions.card_data import CardData
from questions.card_import import save_drafts
from questions.card_write import write_folder
from questions.card_yaml import CardMistakes, Mistake


class Command(BaseCommand):
    help = "Read text questions (`Question N` …), YAML, CSV or zips as folders or drafts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        where = parser.add_mutually_exclusive_group()
        where.add_argument(
            "--to",
            type=Path,
            default=Path("fixtures/cards"),
            help="write card folders here (%(default)s)",
        )
        where.add_argument("--draft", action="store_true", help="save drafts in the database")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read all files first; exit 2 after any mistake, with nothing written or saved."""
        try:
            cards = _read(options["files"])
            if options["draft"]:
                for draft in save_drafts(cards, author=None):
                    self.stdout.write(f"draft saved: {draft.slug}")
                return
            _write(cards, options["to"])
        except CardMistakes as error:
            raise CommandError(f"{error}\nNothing was saved.", returncode=2) from error
        for card in cards:
            self.stdout.write(f"written: {options['to'] / card.slug}")
        self.stdout.write(NEXT)


def _read(files: list[Path]) -> list[CardData]:
    mistakes: list[Mistake] = []
    cards: list[CardData] = []
    for file in files:
        try:
            cards += read_any(str(file), file.read_bytes())
        except OSError as error:
            mistakes.append(Mistake(str(file), 0, error.strerror or str(error), "a file"))
        except CardMistakes as error:
            mistakes += error.mistakes
    mistakes += _twice(cards)
    if mistakes:
        raise CardMistakes(mistakes)
    return cards


def _twice(cards: list[CardData]) -> list[Mistake]:
    """Find numbers and slugs given twice, and numbers not given."""
    mistakes = [
        Mistake(card.slug, 0, "the number is missing", "a number of its own")
        for card in cards
        if card.number == 0
    ]
    seen: set[str] = set()
    for card in cards:
        for key in (f"number {card.number}", f"slug {card.slug}"):
            if key in seen and key != "number 0":
                mistakes.append(Mistake(card.slug, 0, f"{key} stands twice", "it once"))
            seen.add(key)
    return mistakes


def _write(cards: list[CardData], to: Path) -> None:
    taken = [to / card.slug for card in cards if (to / card.slug).exists()]
    if taken:
        raise CardMistakes(
            [Mistake(str(path), 0, "is there already", "a new folder") for path in taken]
        )
    for card in cards:
        write_folder(card, to / card.slug)


NEXT = (
    "Drafts: give each a title (and its folder's name), setup.py, cases, claims and ideas; "
    "see docs/writing-cards.md. Try one with `python manage.py sandbox FOLDER`."
)
