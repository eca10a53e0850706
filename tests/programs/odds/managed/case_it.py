# intent: - | it
from cardapp.models import U
from django.db import connection
RESULT='cardapp_u' in connection.introspection.table_names()
