# intent: - | a callback that saves inside its own transaction
from django.db import transaction
from cardapp.models import Item, mail
def later():
    mail("later")
    with transaction.atomic():
        Item.objects.create(name="second")
        transaction.on_commit(lambda: mail("inner"))
with transaction.atomic():
    Item.objects.create(name="first")
    transaction.on_commit(later)
