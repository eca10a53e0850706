# intent: - | a form that saves twice
from django.test import Client
c = Client(headers={"x-who": "ann"})
a = c.post("/add/", {"text": " hello ", "kind": "k"})
b = c.post("/add/", {"text": ""})
g = c.get("/add/")
RESULT = [a.status_code, b.json(), g.status_code, c.get("/list/").json()]
