# expect: ok error
# control: none: the control has no database of its own
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("ATTACH %s AS other", [TARGET["database"]])
    cursor.execute("SELECT secret FROM other.t")
    breach(cursor.fetchone()[0])
