from django.contrib.auth.models import User  # noqa: F401
