from django.apps import AppConfig


class AlphaConfig(AppConfig):
    name = "alpha"

    def ready(self):
        from django.contrib.auth.models import User
        from django.core.mail import send_mail
        send_mail("starting", "", None, ["ops@example.com"])
        User.objects.count()
