# intent: - | fails for one address
from django.core.mail import send_mail
from django.test.utils import override_settings
got = []
with override_settings(EMAIL_BACKEND="labmail.FailingBackend"):
    for a in ["a@example.com", "b@fail.invalid", "c@example.com"]:
        try:
            got.append(send_mail("x", "x", None, [a]))
        except OSError as e:
            got.append(type(e).__name__)
RESULT = got
