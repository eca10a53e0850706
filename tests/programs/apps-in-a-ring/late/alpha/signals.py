from beta.models import B
from django.core.mail import send_mail
from django.db.models.signals import post_save
from django.dispatch import receiver


@receiver(post_save, sender=B)
def b_saved(sender, instance, created, **kwargs):
    from alpha.models import A
    if created:
        A.objects.create(b=instance)
