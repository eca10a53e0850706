# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
from django.apps import apps
apps.get_app_config('cardapp').ready()
Row.objects.create(name='b')
