from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)


@receiver(post_save, sender=User, dispatch_uid="profile")
def make_profile(sender, instance, created, raw, **kwargs):
    if created and not raw:
        Profile.objects.create(user=instance)
        send_mail("Welcome", "", None, [instance.email])


@receiver(user_logged_in)
def logged_in(sender, request, user, **kwargs):
    send_mail("Login", sender.__name__, None, [user.email])


@receiver(user_logged_out)
def logged_out(sender, request, user, **kwargs):
    send_mail("Logout", "", None, [user.email if user else "nobody@example.com"])


@receiver(user_login_failed)
def failed(sender, credentials, request, **kwargs):
    send_mail("Failed", str(credentials), None, ["security@example.com"])
