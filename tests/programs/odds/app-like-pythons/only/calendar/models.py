from django.db import models


class Day(models.Model):
    pass
