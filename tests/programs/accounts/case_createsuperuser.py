# intent: - | the command
import os
from django.core.management import call_command
os.environ["DJANGO_SUPERUSER_PASSWORD"] = "pw"
call_command("createsuperuser", interactive=False, username="root", email="root@example.com", verbosity=0)
