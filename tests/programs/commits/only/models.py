from functools import partial

from django.core.mail import send_mail
from django.db import models, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver


class Item(models.Model):
    name = models.CharField(max_length=20, unique=True)
    stock = models.IntegerField(default=0)


def mail(subject):
    send_mail(subject, "", None, ["a@example.com"])


@receiver(post_save, sender=Item)
def saved(sender, instance, created, **kwargs):
    transaction.on_commit(lambda: mail(f"committed {instance.name}"))


class Callback:
    def __init__(self, name):
        self.name = name

    def __call__(self):
        mail(self.name)
