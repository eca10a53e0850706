# intent: - | more emails than are kept
from django.core.mail import send_mail
for i in range(250):
    send_mail(str(i), "", None, [f"{i}@example.com"])
