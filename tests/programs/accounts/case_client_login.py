# intent: - | the test client's own ways
from django.test import Client
c = Client()
RESULT = [c.login(username="ann", password="no"), c.login(username="ann", password="pw")]
c.logout()
