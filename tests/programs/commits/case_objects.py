# intent: - | a callable object, a partial, a bound method
from functools import partial
from django.db import transaction
from cardapp.models import Callback, mail
class Sender:
    def go(self):
        mail("method")
with transaction.atomic():
    transaction.on_commit(Callback("object"))
    transaction.on_commit(partial(mail, "partial"))
    transaction.on_commit(Sender().go)
