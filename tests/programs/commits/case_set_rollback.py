# intent: - | set_rollback(True) drops everything quietly
from django.db import transaction
from cardapp.models import Item
with transaction.atomic():
    Item.objects.create(name="x")
    transaction.set_rollback(True)
RESULT = Item.objects.count()
