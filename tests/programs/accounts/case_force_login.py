# intent: - | force_login sends the signal too
from django.contrib.auth.models import User
from django.test import Client
c = Client()
c.force_login(User.objects.get())
RESULT = [c.session["_auth_user_id"], c.get("/login/").status_code]
