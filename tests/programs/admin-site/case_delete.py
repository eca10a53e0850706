# intent: - | delete one, then a whole author
from django.test import Client
c = Client()
c.login(username="root", password="pw")
a = c.post("/admin/cardapp/book/1/delete/", {"post": "yes"})
b = c.post("/admin/cardapp/author/1/delete/", {"post": "yes"})
RESULT = [a.status_code, b.status_code]
