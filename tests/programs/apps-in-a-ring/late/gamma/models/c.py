from django.db import models


class C(models.Model):
    pass
