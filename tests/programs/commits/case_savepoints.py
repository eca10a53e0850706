# intent: - | callbacks of a savepoint rolled back are dropped
from django.db import transaction
from cardapp.models import Item
with transaction.atomic():
    Item.objects.create(name="kept")
    try:
        with transaction.atomic():
            Item.objects.create(name="lost")
            raise ValueError
    except ValueError:
        pass
    with transaction.atomic():
        Item.objects.create(name="kept too")
    sid = transaction.savepoint()
    Item.objects.create(name="by hand")
    transaction.savepoint_rollback(sid)
RESULT = sorted(Item.objects.values_list("name", flat=True))
