# intent: 2 | everybody in one message
from django.core.mail import EmailMessage, send_mail

send_mail("all", "", None, [f"person-number-{n}@example.com" for n in range(120)])
bcc = [f"b{n}@example.com" for n in range(300)]
EmailMessage("hidden", "", None, ["a@example.com"], bcc, cc=["c@example.com"] * 80).send()
