from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import post_delete, post_save


class Note(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveIntegerField()
    target = GenericForeignKey()
    text = models.CharField(max_length=20)


class Post(models.Model):
    notes = GenericRelation(Note)


def f(sender, instance, **kw):
    send_mail(f"{sender.__name__} {instance.pk}", "", None, ["x@example.com"])


post_save.connect(f, sender=Note)
post_delete.connect(f, sender=Note)
