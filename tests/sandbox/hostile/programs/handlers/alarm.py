# expect: ok error crashed time_limit
# control: exits
import signal, time
signal.setitimer(signal.ITIMER_REAL, 0.05)
for _ in range(100):
    time.sleep(0.05)
