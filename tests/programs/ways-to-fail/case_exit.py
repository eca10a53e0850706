# intent: - | sys.exit
import sys
from django.core.mail import send_mail
send_mail("before", "", None, ["a@example.com"])
sys.exit(3)
