from django.contrib.auth.models import User
User.objects.create_user("ann", "ann@example.com", "pw")
