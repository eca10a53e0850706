from django.db import models


class B(models.Model):
    a = models.ForeignKey("alpha.A", null=True, on_delete=models.SET_NULL, related_name="+")
