# intent: - | one row, if the project starts
from django.apps import apps
from beta.models import B
B.objects.create()
RESULT = [c.label for c in apps.get_app_configs()]
