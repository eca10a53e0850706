from django.contrib.auth.models import User
from django.db import models

User.add_to_class("phone", models.CharField(max_length=20, default=""))


class A(models.Model):
    user = models.ForeignKey("auth.User", on_delete=models.CASCADE)
