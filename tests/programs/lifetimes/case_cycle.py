# intent: - | a listener in a cycle lives until it is collected
import gc
from cardapp.models import Listener, ping
gc.disable()
a = Listener("cycle")
a.self = a
ping.connect(a.hear)
del a
first = len(ping.send(None))
gc.collect()
gc.enable()
RESULT = [first, len(ping.send(None))]
