from django.db import models


class A(models.Model):
    b = models.ForeignKey("beta.B", null=True, on_delete=models.CASCADE)
    many = models.ManyToManyField("gamma.C")
