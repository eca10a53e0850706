from django.core.management.base import BaseCommand
from cardapp.models import Row

class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("name")
    def handle(self, *args, **options):
        Row.objects.create(name=options["name"])
        self.stdout.write("done")
