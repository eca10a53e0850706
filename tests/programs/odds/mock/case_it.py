# intent: - | it
from unittest.mock import MagicMock, patch
from django.db.models.signals import post_save
from cardapp.models import Row
m=MagicMock()
post_save.connect(m, sender=Row)
Row.objects.create(name='a')
RESULT=[m.call_count, sorted(m.call_args.kwargs), len(m.mock_calls)]
with patch('cardapp.models.send_mail') as s:
    Row.objects.create(name='b')
with patch('django.db.models.signals.post_save.send') as s2:
    Row.objects.create(name='c')
RESULT+=[s.call_count, s2.call_count]
with patch.object(Row,'save') as s3:
    Row(name='d').save()
RESULT+=[s3.call_count, Row.objects.count()]
