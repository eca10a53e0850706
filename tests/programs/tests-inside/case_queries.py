# intent: - | queries can be counted
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from cardapp.models import Row
with CaptureQueriesContext(connection) as c:
    Row.objects.bulk_create([Row(name="a")])
    list(Row.objects.all())
    Row.objects.filter(name="a").update(name="b")
RESULT = [q["sql"].split()[0] for q in c.captured_queries]
