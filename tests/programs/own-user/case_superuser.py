# intent: - | the command, with another user model
from django.core.management import call_command
call_command("createsuperuser", interactive=False, email="su@example.com", verbosity=0)
