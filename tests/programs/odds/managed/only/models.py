from django.db import models


class U(models.Model):
    class Meta:
        managed = False


class S(models.Model):
    class Meta:
        swappable = "SOME_MODEL"
        db_table = "other table"
        verbose_name = "x" * 250
