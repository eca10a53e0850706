from django.db import models


class A(models.Model):
    pass
