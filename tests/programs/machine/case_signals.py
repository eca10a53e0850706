# intent: 1 | an alarm rings in the middle of a save
import signal
import time

from cardapp.models import Row

RESULT = [signal.getsignal(signal.SIGINT) is signal.default_int_handler]
signal.signal(signal.SIGALRM, lambda *_: Row.objects.create(name="rings"))
signal.setitimer(signal.ITIMER_REAL, 0.02)
time.sleep(0.1)
