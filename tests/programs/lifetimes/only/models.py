import gc
import weakref

from django.core.mail import send_mail
from django.db import models
from django.db.models import signals
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import Signal, receiver

ping = Signal()


class Thing(models.Model):
    name = models.CharField(max_length=20)


class Child(models.Model):
    thing = models.ForeignKey(Thing, on_delete=models.CASCADE)
    other = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)


def mail(text):
    send_mail(text, "", None, ["x@example.com"])


class Listener:
    def __init__(self, name):
        self.name = name

    def hear(self, sender, **kwargs):
        mail(self.name)

    @classmethod
    def hear_class(cls, sender, **kwargs):
        mail(cls.__name__)

    @staticmethod
    def hear_static(sender, **kwargs):
        mail("static")

    def __call__(self, **kwargs):
        mail(f"called {self.name}")


def connect_local():
    def local(sender, **kwargs):
        mail("local")
    ping.connect(local)


def connect_kept():
    def kept(sender, **kwargs):
        mail("kept")
    ping.connect(kept, weak=False)
