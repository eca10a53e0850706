# intent: - | a query after a broken one
from django.db import IntegrityError, transaction
from cardapp.models import Item
Item.objects.bulk_create([Item(name="x")])
with transaction.atomic():
    try:
        Item.objects.create(name="x")
    except IntegrityError:
        pass
    Item.objects.count()
