# expect: ok error time_limit
# control: endless
import asyncio, threading
loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever).start()
