import asyncio

from asgiref.sync import sync_to_async
from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import Signal, receiver

paid = Signal()
broken = Signal()


class Order(models.Model):
    buyer = models.EmailField()


@receiver(post_save, sender=Order)
async def confirm(sender, instance, created, **kwargs):
    await asyncio.sleep(0)
    await sync_to_async(send_mail)("Confirmed", "", None, [instance.buyer])


@receiver(post_save, sender=Order)
def log_it(sender, instance, **kwargs):
    send_mail("Logged", "", None, ["log@example.com"])


@receiver(paid)
async def thank(sender, order, **kwargs):
    await asyncio.sleep(0.001)
    await asyncio.to_thread(send_mail, "Thanks", "", None, [order.buyer])


@receiver(paid)
async def count(sender, order, **kwargs):
    await asyncio.sleep(0.002)
    return await Order.objects.acount()


@receiver(paid)
def plain(sender, order, **kwargs):
    send_mail("Plain", "", None, [order.buyer])
    return "plain"


@receiver(broken)
async def fails(sender, **kwargs):
    raise ValueError("no")


@receiver(broken)
def fails_too(sender, **kwargs):
    raise KeyError("no")


@receiver(broken)
def works(sender, **kwargs):
    send_mail("Works", "", None, ["works@example.com"])
