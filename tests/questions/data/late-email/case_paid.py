# intent: 1 | the order is kept
from cardapp.models import Order

Order.objects.create(email="ann@example.com")
RESULT = Order.objects.count()
