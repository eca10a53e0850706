# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
from django.core.management import call_command
call_command('migrate', run_syncdb=True, database='other', verbosity=0)
Row.objects.using('other').create(name='b')
from django.db import transaction
with transaction.atomic(using='other'):
    transaction.on_commit(lambda: Row.objects.create(name='c'), using='other')
RESULT=[Row.objects.count(), Row.objects.using('other').count()]
