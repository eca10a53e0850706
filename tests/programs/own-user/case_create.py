# intent: - | users of one's own
from django.contrib.auth import authenticate, get_user_model
U = get_user_model()
U.objects.create_user("a@EXAMPLE.com", "pw")
U.objects.create_superuser("b@example.com", "pw")
RESULT = [str(authenticate(email="a@example.com", password="pw")), U.objects.count(), U._meta.label]
