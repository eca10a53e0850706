# intent: - | the admin with another user model
from django.contrib.auth import get_user_model
from django.test import Client
u = get_user_model().objects.create_superuser("root@example.com", "pw")
c = Client()
c.force_login(u)
RESULT = [c.get("/admin/").status_code, c.get("/admin/people/person/").status_code, c.get("/admin/auth/group/").status_code]
