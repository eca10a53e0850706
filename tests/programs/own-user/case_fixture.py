# intent: - | a fixture of the project
from django.core.management import call_command
call_command("loaddata", "one", verbosity=0)
