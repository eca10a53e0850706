# expect: ok error time_limit
# control: none: nothing to see outside
import asyncio
async def forever():
    while True:
        await asyncio.sleep(0)
async def main():
    asyncio.ensure_future(forever())
asyncio.run(main())
