from django.db import models


class A(models.Model):
    b = models.ForeignKey("nowhere.B", on_delete=models.CASCADE)
