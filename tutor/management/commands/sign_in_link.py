"""Print a path that signs a user in once: `manage.py sign_in_link instructor`."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tutor import sign_in_link

INSTRUCTOR = "instructor"


class Command(BaseCommand):
    help = (
        f"Print a path that signs USERNAME in; it {sign_in_link.WORKS} (so it says with -v 2). "
        f"The superuser `{INSTRUCTOR}` is made when there is none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", nargs="?", default=INSTRUCTOR)

    def handle(self, *args: Any, username: str, verbosity: int, **options: Any) -> None:
        users = get_user_model().objects
        user = users.filter(username=username).first()
        if user is None and username == INSTRUCTOR:
            # No password: the link is the way in until the instructor sets one.
            user = users.create_superuser(username)
        if user is None:
            raise CommandError(f"There is no user {username}.")
        if not user.is_active:
            raise CommandError(f"The account {username} is switched off.")
        self.stdout.write(sign_in_link.make(user))
        if verbosity > 1:
            self.stdout.write(sign_in_link.WORKS)
