# intent: - | a form with errors
from django.test import Client
c = Client()
c.login(username="root", password="pw")
r = c.post("/admin/cardapp/book/1/change/", {"title": "", "author": 1})
RESULT = [r.status_code, r.context["adminform"].form.errors.get_json_data()]
