from alpha.models import A
from django.db import models


class B(models.Model):
    a = models.ForeignKey(A, on_delete=models.CASCADE)
