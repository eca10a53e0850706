# intent: - | fail_silently and the file and console backends
import io, sys
from django.core.mail import send_mail
from django.test import override_settings
with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
    a = send_mail("x", "x", None, ["a@example.com"], fail_silently=True)
with override_settings(EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend", EMAIL_FILE_PATH="mails"):
    b = send_mail("x", "x", None, ["a@example.com"])
import os
RESULT = [a, b, len(os.listdir("mails"))]
