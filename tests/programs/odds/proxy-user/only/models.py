from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db.models.signals import post_save
class Staff(User):
    class Meta:
        proxy = True
def f(sender, created, **kw):
    send_mail(f"{sender.__name__} {created}", "", None, ["x@example.com"])
post_save.connect(f, sender=User)
post_save.connect(f, sender=Staff)
post_save.connect(f)
