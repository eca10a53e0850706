from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import m2m_changed
class T(models.Model):
    pass
class P(models.Model):
    ts = models.ManyToManyField(T)
def f(action, pk_set, reverse, **kw):
    send_mail(f"{action} {reverse} {pk_set}", "", None, ["x@example.com"])
m2m_changed.connect(f, sender=P.ts.through)
