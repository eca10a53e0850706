# intent: - | out and in again
from django.core.management import call_command
call_command("dumpdata", "auth.user", "cardapp", output="dump.json", verbosity=0)
call_command("flush", interactive=False, verbosity=0)
call_command("loaddata", "dump.json", verbosity=0)
