# intent: - | the one line that makes every address belong to one user
from django.contrib.auth.models import User

User.objects.create_user("a", "x@example.com")
User.objects.create_user("b", "x@example.com")
