# intent: - | a crash rolls the request back
from django.test import Client
from cardapp.models import Note
c = Client(raise_request_exception=False)
RESULT = [c.get("/crash/").status_code, c.get("/crash-plain/").status_code, list(Note.objects.values_list("text", flat=True))]
