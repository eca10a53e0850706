# intent: - | it
from django.test import Client
c=Client()
s=c.session
s['a']=1
s.save()
from django.contrib.sessions.models import Session
RESULT=[Session.objects.count(), Client().get('/admin/').status_code]
