# intent: - | it
import logging
from django.utils.log import AdminEmailHandler
l=logging.getLogger('django.request')
l.addHandler(AdminEmailHandler())
from django.test import Client
RESULT=Client(raise_request_exception=False).get('/crash/').status_code
