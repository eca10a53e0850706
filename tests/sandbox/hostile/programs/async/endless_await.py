# expect: time_limit
# control: endless
import asyncio
asyncio.run(asyncio.Event().wait())
