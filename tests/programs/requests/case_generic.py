# intent: - | generic views
from django.test import Client
from cardapp.middleware import Counting
c = Client()
RESULT = [c.post("/make/", {"text": "made"}).status_code, c.post("/1/change/", {"text": "changed", "kind": "z"}).status_code, c.post("/1/remove/").status_code,
          c.get("/private/", follow=False).url, c.get("/list/").json(), Counting.count]
