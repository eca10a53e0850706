# intent: - | a transaction on one database holds nothing of the other
from cardapp.models import Log, Row
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import transaction

call_command("migrate", database="logs", run_syncdb=True, verbosity=0)
try:
    with transaction.atomic():
        Row.objects.create(name="a")
        Log.objects.create(text="x")
        for name in ("default", "logs"):
            transaction.on_commit(
                lambda name=name: send_mail("done", "", None, [f"on-{name}@example.com"]), using=name
            )
        raise LookupError
except LookupError:
    pass
RESULT = [Row.objects.count(), Log.objects.count()]
Log.objects.using("default").count()
