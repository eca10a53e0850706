# intent: - | it
from django.core.management import call_command
try:
    call_command('check')
except BaseException as e:
    RESULT=[type(e).__name__, str(e)[:60]]
else:
    RESULT='fine'
