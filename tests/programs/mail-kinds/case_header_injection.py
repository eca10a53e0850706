# intent: - | a newline in the subject
from django.core.mail import send_mail
send_mail("a\nb", "x", None, ["a@example.com"])
