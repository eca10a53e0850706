# intent: - | it
from django.test import Client
RESULT=Client().get('/').status_code
from cardapp.models import Row
Row.objects.create(name='a')
