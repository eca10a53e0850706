from django.core.mail import send_mail
from django.core.signals import got_request_exception, request_finished, request_started, setting_changed
from django.db.backends.signals import connection_created
from django.db import models
seen = []
def note(signal, sender, **kw):
    seen.append(getattr(sender, "__name__", str(sender)))
    send_mail("s", "", None, ["s@example.com"])
for s in (request_started, request_finished, got_request_exception, connection_created, setting_changed):
    s.connect(note)
