from django.db import models
from sandbox.models import Child


class Question(models.Model):
    child = models.ForeignKey(Child, on_delete=models.CASCADE)
