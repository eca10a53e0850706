# intent: - | an exception without a text
from cardapp.models import Odd
from django.core.mail import send_mail
send_mail("before", "", None, ["a@example.com"])
try:
    raise Odd
except Exception as e:
    RESULT = type(e).__name__
