# intent: - | it
from django.test import Client
RESULT=[Client().get('/admin/').status_code, Client().get('/own/').status_code]
