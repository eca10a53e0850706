# intent: - | three tasks at once
import asyncio
from cardapp.models import Order
async def one(i):
    await Order.objects.acreate(buyer=f"{i}@example.com")
async def go():
    await asyncio.gather(*(one(i) for i in range(3)))
asyncio.run(go())
