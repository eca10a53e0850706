# expect: ok error
# control: none: there is no outbox in the control
from django.core.mail import EmailMessage, send_mail
EmailMessage.send = lambda self, **k: 99
send_mail("x", "y", "a@example.com", ["b@example.com"])
