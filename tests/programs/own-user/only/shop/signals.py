from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Order


@receiver(post_save, sender=Order)
def confirm(sender, instance, **kwargs):
    here = timezone.localtime(timezone.datetime(2026, 1, 1, 12, tzinfo=timezone.get_fixed_timezone(0)))
    send_mail(f"{_('Yes')} {here:%H:%M}", render_to_string("order.txt", {"order": instance}), None, [instance.buyer.email])


@receiver(post_save, sender=get_user_model())
def tell_shop(sender, instance, **kwargs):
    send_mail("Person", "", None, ["shop@example.com"])
