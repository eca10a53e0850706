# expect: ok error
# control: none: there is no outbox in the control
from django.core.mail import EmailMessage
EmailMessage("\ud800 subject", "\udfff body", "a@example.com", ["\ud83d@example.com"]).send()
