from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver


class Stamped(models.Model):
    touched = models.IntegerField(default=0)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.touched += 1
        super().save(*args, **kwargs)


class LoudManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().exclude(name="hidden")

    def shout(self, name):
        place = self.create(name=name)
        send_mail("Shout", name, None, ["shout@example.com"])
        return place


class Place(Stamped):
    name = models.CharField(max_length=40)
    tags = models.ManyToManyField("Tag", through="Tagging", blank=True)
    friends = models.ManyToManyField("self", blank=True)
    objects = LoudManager()


class Restaurant(Place):
    stars = models.IntegerField(default=0)


class Diner(Restaurant):
    open_late = models.BooleanField(default=True)


class PlaceProxy(Place):
    class Meta:
        proxy = True
        permissions = [("visit", "Can visit")]


class Tag(models.Model):
    name = models.CharField(max_length=20, unique=True)


class Tagging(models.Model):
    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)
    by = models.CharField(max_length=20, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "tag"], name="once")]
        indexes = [models.Index(fields=["by"])]


@receiver(post_save)
def on_any_save(sender, instance, created, **kwargs):
    if issubclass(sender, Place):
        send_mail(f"{sender.__name__} {created}", "", None, ["any@example.com"])


@receiver(post_save, sender=Place)
def on_place(sender, instance, **kwargs):
    send_mail("Place", "", None, ["place@example.com"])


@receiver(post_delete, sender=Place)
def on_place_gone(sender, instance, **kwargs):
    send_mail("Gone", str(instance.pk), None, ["place@example.com"])


def tagged(sender, instance, action, reverse, pk_set, **kwargs):
    send_mail(f"{action} {reverse} {sorted(pk_set or [])}", "", None, ["tags@example.com"])


m2m_changed.connect(tagged, sender=Place.tags.through)
m2m_changed.connect(tagged, sender=Place.friends.through)
