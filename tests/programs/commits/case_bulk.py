# intent: - | no signals from any of these
from django.db.models import F
from cardapp.models import Item
Item.objects.bulk_create([Item(name=f"i{n}", stock=n) for n in range(5)])
Item.objects.bulk_create([Item(name="i0", stock=7)], update_conflicts=True, unique_fields=["name"], update_fields=["stock"])
items = list(Item.objects.all())
for i in items:
    i.stock += 1
Item.objects.bulk_update(items, ["stock"], batch_size=2)
Item.objects.filter(stock__gt=3).update(stock=F("stock") * 2)
Item.objects.filter(name="i1").delete()
Item.objects.in_bulk()
RESULT = list(Item.objects.order_by("name").values_list("name", "stock"))
