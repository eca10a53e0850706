# intent: - | an inline formset
from django.test import Client
r = Client().post("/1/lines/", {"line_set-TOTAL_FORMS": 2, "line_set-INITIAL_FORMS": 0, "line_set-0-text": "a", "line_set-1-text": "b"})
RESULT = r.content.decode()
