# intent: - | the profile goes with the user
from django.contrib.auth.models import User
RESULT = User.objects.get(username="ann").delete()
