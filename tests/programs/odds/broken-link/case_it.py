# intent: - | it
from django.test import Client
RESULT=[Client().get('/nowhere/', HTTP_REFERER='http://testserver/x').status_code, Client().get('/nowhere/', HTTP_REFERER='http://elsewhere/x').status_code]
