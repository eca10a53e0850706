# intent: - | the change list as a formset
from django.test import Client
c = Client()
c.login(username="root", password="pw")
r = c.post("/admin/cardapp/book/", {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "form-MIN_NUM_FORMS": 0, "form-MAX_NUM_FORMS": 1000,
    "form-0-id": 2, "form-0-sold": "on", "form-1-id": 1, "_save": "Save"})
RESULT = r.status_code
