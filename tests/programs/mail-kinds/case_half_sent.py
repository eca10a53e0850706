# intent: - | the second of three is broken
from django.core.mail import EmailMessage, get_connection
try:
    get_connection().send_messages([EmailMessage("ok", "", None, ["a@example.com"]), EmailMessage("bad\n", "", None, ["a@example.com"]), EmailMessage("never", "", None, ["a@example.com"])])
except ValueError as e:
    RESULT = str(e)[:20]
