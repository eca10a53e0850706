# intent: - | add
from django.test import Client
c = Client()
c.login(username="root", password="pw")
r = c.post("/admin/cardapp/book/add/", {"title": "New", "author": 1, "readers": [1, 2]})
RESULT = r.status_code
