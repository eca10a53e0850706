"""Delete guests who have not come back: `manage.py purge_guests --days 180`."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Q
from django.utils import timezone

from tutor.models import Learner


class Command(BaseCommand):
    help = "Delete guests (never accounts) with all they kept, when nothing is newer than --days."

    def add_arguments(self, parser: CommandParser) -> None:
        # A guest is known by the cookie alone: after its last day nobody can come back.
        days = settings.SESSION_COOKIE_AGE // (24 * 3600)
        parser.add_argument("--days", type=int, default=days, help="default: %(default)s")
        parser.add_argument("--check", action="store_true", help="count, delete nothing")

    def handle(self, *args: Any, days: int, check: bool, **options: Any) -> None:
        since = timezone.now() - timedelta(days=days)
        lately = (
            Q(visits__updated_at__gte=since)
            | Q(attempts__started_at__gte=since)
            | Q(attempts__responses__answered_at__gte=since)
            | Q(review_logs__rated_at__gte=since)
            | Q(memberships__joined_at__gte=since)
            | Q(live_answers__answered_at__gte=since)
            | Q(fixes__tried_at__gte=since)
            | Q(problems__created_at__gte=since)
            | Q(shared_runs__created_at__gte=since)
        )
        guests = Learner.objects.filter(user=None, created_at__lt=since)
        gone = guests.exclude(pk__in=Learner.objects.filter(lately).values("pk"))
        count = gone.count()
        if not check:
            gone.delete()
        self.stdout.write(f"{count} guests {'would be ' if check else ''}deleted")
