# intent: - | it
from django.test import Client
Client().get('/admin/')
from cardapp.models import seen
RESULT=seen
