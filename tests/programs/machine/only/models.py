from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver


class Row(models.Model):
    name = models.CharField(max_length=20)


@receiver(post_save, sender=Row)
def tell(sender, instance, **kwargs):
    send_mail(instance.name, "", None, ["x@example.com"])
