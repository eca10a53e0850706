from django.apps import AppConfig


class AlphaConfig(AppConfig):
    name = "alpha"

    def ready(self):
        from django.contrib.auth.models import User
        from django.db import OperationalError
        try:
            User.objects.count()
        except OperationalError:
            pass
