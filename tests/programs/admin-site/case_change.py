# intent: - | change, with the same readers
from django.test import Client
c = Client()
c.login(username="root", password="pw")
r = c.post("/admin/cardapp/book/1/change/", {"title": "Changed", "author": 1, "readers": []}, follow=True)
RESULT = [r.status_code, [m.message for m in r.context["messages"]]]
