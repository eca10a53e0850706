from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import post_save, class_prepared


class Base(models.Model):
    class Meta:
        abstract = True

    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        send_mail("sub", cls.__name__, None, ["x@example.com"])


def prepared(sender, **kw):
    if sender.__module__ == "cardapp.models":
        post_save.connect(saved, sender=sender)


def saved(sender, **kw):
    send_mail(sender.__name__, "", None, ["x@example.com"])


class_prepared.connect(prepared)


class A(Base):
    pass


class B(Base):
    pass
