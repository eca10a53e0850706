# intent: - | redirects, 404, bad method
from django.test import Client
c = Client()
r = c.post("/add/", {"text": "x", "kind": "y"}, follow=True)
RESULT = [r.status_code, r.redirect_chain, c.get("/nowhere/").status_code, c.put("/list/", {"a": 1}, content_type="application/json").status_code]
