# expect: ok error time_limit
import threading
timers = [threading.Timer(3600, print) for _ in range(100)]
n = 0
for timer in timers:
    timer.daemon = True
    if tried(timer.start) is None:
        n = threading.active_count()
for timer in timers:
    timer.cancel()
if n > 24:
    breach(f"{n} timers")
