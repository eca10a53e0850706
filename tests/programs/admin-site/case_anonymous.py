# intent: - | not logged in
from django.test import Client
r = Client().post("/admin/cardapp/book/1/delete/", {"post": "yes"})
RESULT = [r.status_code, r.url]
