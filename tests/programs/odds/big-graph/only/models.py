from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import pre_delete, post_delete
class A(models.Model):
    pass
class B(models.Model):
    a = models.ForeignKey(A, on_delete=models.CASCADE)
    p = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
def f(sender, instance, using, origin, **kw):
    send_mail(f"{sender.__name__}", "", None, ["x@example.com"])
pre_delete.connect(f)
post_delete.connect(f)
