# intent: - | a callback fails, the next one is lost
from django.db import transaction
from cardapp.models import Item, mail
def bad():
    raise RuntimeError("bad")
try:
    with transaction.atomic():
        transaction.on_commit(lambda: mail("before"))
        transaction.on_commit(bad)
        transaction.on_commit(lambda: mail("after"))
        Item.objects.create(name="there")
except RuntimeError:
    pass
mail("outside") if Item.objects.count() != 1 else None
