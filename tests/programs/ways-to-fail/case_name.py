# intent: - | a name that is not there
from django.core.mail import send_mail
send_mail("before", "", None, ["a@example.com"])
undefined_name
