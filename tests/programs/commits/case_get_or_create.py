# intent: - | get_or_create, update_or_create with create_defaults
from cardapp.models import Item
Item.objects.get_or_create(name="x", defaults={"stock": 2})
Item.objects.get_or_create(name="x", defaults={"stock": 3})
Item.objects.update_or_create(name="x", defaults={"stock": 4})
Item.objects.update_or_create(name="y", defaults={"stock": 4}, create_defaults={"stock": 9})
RESULT = list(Item.objects.order_by("name").values_list("name", "stock"))
