# intent: - | nobody to send to
from django.core.mail import EmailMessage, send_mail
RESULT = [send_mail("x", "x", None, []), EmailMessage("x", "x", None, [""]).send(), EmailMessage("y", bcc=["b@example.com"]).send()]
