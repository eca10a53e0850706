# intent: - | KeyboardInterrupt
from django.core.mail import send_mail
send_mail("before", "", None, ["a@example.com"])
raise KeyboardInterrupt
