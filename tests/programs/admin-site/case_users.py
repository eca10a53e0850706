# intent: - | the admin's own user pages
from django.contrib.auth.models import User
from django.test import Client
c = Client()
c.login(username="root", password="pw")
r = c.post("/admin/auth/user/add/", {"username": "new", "password1": "hard-to-guess-1", "password2": "hard-to-guess-1", "usable_password": "true"})
RESULT = [r.status_code, User.objects.count(), User.objects.get(username="new").check_password("hard-to-guess-1")]
