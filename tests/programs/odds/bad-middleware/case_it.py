# intent: - | it
from django.test import Client
Client().get('/')
