# intent: - | asend() with sync and async receivers
import asyncio
from cardapp.models import Order, paid
o = Order.objects.create(buyer="c@example.com")
async def go():
    return await paid.asend(Order, order=o)
answers = asyncio.run(go())
RESULT = [[r.__name__, v] for r, v in answers]
