from django.apps import AppConfig
from django.core.mail import send_mail
from django.db.models.signals import post_save


def a_saved(sender, instance, **kwargs):
    send_mail("A", "", None, ["a@example.com"])


class Other(AppConfig):
    name = "beta"
    default = True


class Beta(AppConfig):
    name = "beta"

    def ready(self):
        post_save.connect(a_saved, sender=self.apps.get_model("alpha", "A"), dispatch_uid="a")
