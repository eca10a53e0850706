# intent: - | it
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
u=User.objects.create_superuser('r','r@example.com','p')
c=Client(); c.force_login(u)
c.post('/admin/cardapp/row/add/',{'name':'x'})
RESULT=[LogEntry.objects.count(), str(LogEntry.objects.first())]
