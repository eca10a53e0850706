# twice
# control: none: the control has no outbox of its own
from django.core import mail
if len(mail.outbox):
    breach("an email of an earlier run")
mail.EmailMessage("left", "behind", to=["a@example.com"]).send()
