from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.mail import send_mail
from django.db.models.signals import post_save
from .models import Row
admin.site.register(Row)
def logged(sender, instance, **kw):
    send_mail("log", "", None, ["l@example.com"])
post_save.connect(logged, sender=LogEntry)
