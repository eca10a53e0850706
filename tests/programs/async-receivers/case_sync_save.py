# intent: - | save() calls an async receiver through async_to_sync
from cardapp.models import Order
Order.objects.create(buyer="a@example.com")
