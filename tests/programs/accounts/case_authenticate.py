# intent: - | authenticate() alone
from django.contrib.auth import authenticate
RESULT = [str(authenticate(username="ann", password="pw")), str(authenticate(username="ann", password="xx"))]
