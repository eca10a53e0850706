# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
from django.apps import apps
RESULT=type(apps.get_app_config('cardapp')).__name__
