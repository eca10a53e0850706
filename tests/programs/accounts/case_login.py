# intent: - | the form, right and wrong
from django.test import Client
c = Client()
a = c.post("/login/", {"username": "ann", "password": "wrong"})
b = c.post("/login/", {"username": "ann", "password": "pw"})
d = c.post("/logout/")
RESULT = [a.status_code, b.status_code, d.status_code]
