# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
from django.db import connection
RESULT=[q['sql'].split()[0] for q in connection.queries]
