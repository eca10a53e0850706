# intent: - | a backend of the program's own
from django.core.mail import send_mail
from django.test import override_settings
with override_settings(EMAIL_BACKEND="cardapp.backends.Own"):
    send_mail("own", "x", None, ["a@example.com"])
with override_settings(EMAIL_BACKEND="cardapp.backends.Nowhere"):
    RESULT = send_mail("nowhere", "x", None, ["a@example.com"])
