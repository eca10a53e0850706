# expect: ok error
# control: none: there is no trace in the control
import time
time.perf_counter = time.monotonic = time.time = lambda: -1e300
from django.dispatch import Signal
Signal().send(sender=None)
