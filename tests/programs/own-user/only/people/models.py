from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import post_migrate, post_save
from django.dispatch import receiver


class PersonManager(BaseUserManager):
    use_in_migrations = True

    def create_user(self, email, password=None, **extra):
        person = self.model(email=self.normalize_email(email), **extra)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, email, password=None, **extra):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class Person(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(unique=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    objects = PersonManager()
    USERNAME_FIELD = "email"


@receiver(post_save, sender=Person)
def welcome(sender, instance, created, **kwargs):
    if created:
        send_mail("Welcome", "", None, [instance.email])


@receiver(post_migrate)
def first_person(sender, **kwargs):
    if sender.label == "people":
        Person.objects.get_or_create(email="first@example.com")
