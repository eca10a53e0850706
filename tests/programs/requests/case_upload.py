# intent: - | a file
import io
from django.test import Client
f = io.BytesIO(b"12345")
f.name = "five.txt"
RESULT = Client().post("/up/", {"f": f}).content.decode()
