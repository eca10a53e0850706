# expect: ok error
from concurrent.futures import ThreadPoolExecutor
import threading
gate = threading.Event()
most = 0
with ThreadPoolExecutor(100) as pool:
    try:
        for _ in range(100):
            pool.submit(gate.wait, 2)
            most = max(most, threading.active_count())
    finally:
        gate.set()
if most > 24:
    breach(f"{most} threads in a pool")
