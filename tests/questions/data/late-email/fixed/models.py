from django.core.mail import send_mail
from django.db import models, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver


class Order(models.Model):
    email = models.EmailField()


@receiver(post_save, sender=Order)
def confirm(sender, instance, **kwargs):
    transaction.on_commit(lambda: send_mail("Your order", "Thank you.", None, [instance.email]))
