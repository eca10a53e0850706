# intent: - | it
from django.core.management import call_command
import io
o=io.StringIO()
call_command('dumpdata','contenttypes',stdout=o)
call_command('migrate',verbosity=0,run_syncdb=True)
call_command('showmigrations',stdout=o)
RESULT=o.getvalue()
