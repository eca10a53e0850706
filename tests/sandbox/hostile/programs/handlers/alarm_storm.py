# expect: ok error crashed time_limit
# control: none: nothing to see outside
import signal
def again(*arguments):
    raise RuntimeError("storm")
signal.signal(signal.SIGALRM, again)
signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
while True:
    try:
        while True:
            pass
    except RuntimeError:
        continue
