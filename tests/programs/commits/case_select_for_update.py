# intent: - | select_for_update outside and inside a transaction
from django.db import transaction
from cardapp.models import Item
Item.objects.bulk_create([Item(name="x", stock=1)])
with transaction.atomic():
    i = Item.objects.select_for_update().get(name="x")
    i.stock -= 1
    i.save()
try:
    list(Item.objects.select_for_update())
except Exception as e:
    RESULT = type(e).__name__
