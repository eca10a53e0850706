# intent: - | it
from django.core.management import call_command
import io
out=io.StringIO()
call_command('shout', 'x', stdout=out)
RESULT=out.getvalue()
