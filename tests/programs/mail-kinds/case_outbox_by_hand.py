# intent: - | the outbox is a list like any other
from django.core import mail
from django.core.mail import EmailMessage, send_mail
send_mail("gone", "x", None, ["a@example.com"])
mail.outbox.clear()
send_mail("kept", "x", None, ["a@example.com"])
mail.outbox.append(EmailMessage("by hand", "x", None, ["b@example.com"]))
mail.outbox = mail.outbox + [EmailMessage("new list", "x", None, ["c@example.com"])]
