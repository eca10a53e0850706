# intent: - | it
import inspect
from django.db.models import Model, QuerySet
from django.dispatch import Signal
from django.core.mail import EmailMessage
from django.test import Client
RESULT=[str(inspect.signature(f)) for f in (Model.save_base, Model.delete, QuerySet.update, EmailMessage.send, Signal.send, Client.request)]+[inspect.iscoroutinefunction(Signal.asend), QuerySet.delete.alters_data, Model.save_base.__qualname__]
from cardapp.models import Row
Row.objects.create(name='a')
