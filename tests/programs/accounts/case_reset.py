# intent: - | a password reset, with the link of the email
from django.core import mail
from django.test import Client
from django.contrib.auth.models import User
c = Client()
c.post("/reset/", {"email": "ANN@example.com"})
link = mail.outbox[-1].body.strip()
r = c.get(link, follow=True)
end = c.post(r.redirect_chain[-1][0], {"new_password1": "quite-new-1", "new_password2": "quite-new-1"})
RESULT = [len(mail.outbox), r.status_code, end.status_code, User.objects.get(username="ann").check_password("quite-new-1")]
