from django.db import models


class L(models.Model):
    class Meta:
        app_label = "auth"
