# intent: - | tables of the base apps
from django.contrib.auth.models import User
from django.db import connection
User.objects.create(username="x")
with connection.cursor() as c:
    RESULT = sorted(connection.introspection.table_names(c)) + [f.name for f in User._meta.get_fields()]
