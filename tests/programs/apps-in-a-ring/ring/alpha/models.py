from beta.models import B
from django.db import models


class A(models.Model):
    b = models.ForeignKey(B, on_delete=models.CASCADE)
