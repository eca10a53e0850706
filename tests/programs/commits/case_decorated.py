# intent: - | atomic as a decorator, and as a context twice
from django.db import transaction
from cardapp.models import Item
@transaction.atomic
def work(name):
    with transaction.atomic(savepoint=False):
        Item.objects.create(name=name)
work("a")
work("b")
