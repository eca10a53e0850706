from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver


class Author(models.Model):
    name = models.CharField(max_length=40)

    def __str__(self):
        return self.name


class Book(models.Model):
    title = models.CharField(max_length=40)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    readers = models.ManyToManyField("auth.User", blank=True)
    sold = models.BooleanField(default=False)

    def __str__(self):
        return self.title


@receiver([post_save, post_delete], sender=Book)
def tell(sender, instance, signal, **kwargs):
    what = "saved" if signal is post_save else "deleted"
    send_mail(f"{what} {instance.title}", "", None, ["books@example.com"])


@receiver(m2m_changed, sender=Book.readers.through)
def readers(sender, action, **kwargs):
    if action.startswith("post_"):
        send_mail(action, "", None, ["readers@example.com"])
