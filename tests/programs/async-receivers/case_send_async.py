# intent: - | send() with async receivers
from cardapp.models import Order, paid
o = Order.objects.create(buyer="c@example.com")
RESULT = [[r.__name__, v] for r, v in paid.send(sender="shop", order=o)]
