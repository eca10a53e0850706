# intent: - | the client raises
from django.test import Client
Client().get("/crash/")
