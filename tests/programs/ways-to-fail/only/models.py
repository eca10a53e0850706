import logging

from django.core.mail import send_mail
from django.db import models, transaction
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

log = logging.getLogger(__name__)


class Node(models.Model):
    name = models.CharField(max_length=20, default="")
    depth = models.IntegerField(default=0)


MODE = {"mode": ""}


@receiver(post_save, sender=Node)
def again(sender, instance, **kwargs):
    mode = MODE["mode"]
    if mode == "mail_first":
        send_mail("again", "", None, ["a@example.com"])
        instance.save()
    elif mode == "save_first":
        instance.save()
        send_mail("never", "", None, ["a@example.com"])
    elif mode == "create":
        send_mail("more", "", None, ["a@example.com"])
        Node.objects.create(depth=instance.depth + 1)
    elif mode == "on_commit":
        send_mail("soon", "", None, ["a@example.com"])
        transaction.on_commit(instance.save)
    elif mode == "three" and instance.depth < 3:
        instance.depth += 1
        instance.save()
        send_mail("deep", str(instance.depth), None, ["a@example.com"])


class Odd(Exception):
    def __str__(self):
        raise ValueError("no text")

    __repr__ = __str__


class Big(Exception):
    def __str__(self):
        return "x" * 10_000_000
