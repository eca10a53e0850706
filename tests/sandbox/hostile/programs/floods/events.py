# expect: ok error time_limit memory_limit
# control: none: there is no report without a sandbox
from django.dispatch import Signal
signal = Signal()
for _ in range(20_000):
    signal.send(sender="flood" * 100)
