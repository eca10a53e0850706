# intent: - | transactions by hand
from django.db import transaction
from cardapp.models import Item
transaction.set_autocommit(False)
try:
    try:
        Item.objects.create(name="a")
    except Exception as e:
        RESULT = type(e).__name__
    transaction.rollback()
finally:
    transaction.set_autocommit(True)
