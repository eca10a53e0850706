# intent: 0 | the order is rolled back
# intent-result: 0
from django.db import transaction

from cardapp.models import Order

try:
    with transaction.atomic():
        Order.objects.create(email="ann@example.com")
        raise ValueError("declined")
except ValueError:
    pass
RESULT = Order.objects.count()
