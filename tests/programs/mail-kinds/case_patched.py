# intent: - | mock.patch
from unittest import mock
from django.core import mail
with mock.patch("django.core.mail.backends.locmem.EmailBackend.send_messages", return_value=7) as m:
    a = mail.send_mail("x", "x", None, ["a@example.com"])
with mock.patch.object(mail, "send_mail") as n:
    mail.send_mail("y")
RESULT = [a, m.call_count, n.call_count]
