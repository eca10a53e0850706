from django.db import models

MADE = []


class Owner(models.ForeignKey):
    def __init__(self, *args, **kwargs):
        MADE.append("key")
        super().__init__(*args, **kwargs)


class Short(models.SlugField, object):
    def __init__(self, *args, **kwargs):
        MADE.append("field")
        super().__init__(*args, **kwargs)


class A(models.Model):
    name = Short(default="x")


class B(models.Model):
    a = Owner(A, on_delete=models.CASCADE)
