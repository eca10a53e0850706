# intent: - | a task that is not awaited
import asyncio
from cardapp.models import Order
async def go():
    task = asyncio.create_task(Order.objects.acreate(buyer="t@example.com"))
    await asyncio.sleep(0.2)
    return task.done()
RESULT = asyncio.run(go())
