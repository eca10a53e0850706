# intent: - | asave() from a loop
import asyncio
from cardapp.models import Order
async def go():
    o = Order(buyer="b@example.com")
    await o.asave()
    return await Order.objects.acount()
RESULT = asyncio.run(go())
