from django.contrib.auth.models import User
from django.db import models

print(User.objects.count())
