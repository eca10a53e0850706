# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
from django.core import mail
RESULT=len(mail.outbox)
