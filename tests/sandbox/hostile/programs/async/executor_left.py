# expect: ok error time_limit
# control: endless
from concurrent.futures import ThreadPoolExecutor
import time
ThreadPoolExecutor(2).submit(time.sleep, 10**6)
