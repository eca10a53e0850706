# intent: - | a bound method lives as long as its object
from cardapp.models import Listener, ping
a = Listener("a")
ping.connect(a.hear)
ping.connect(Listener("b").hear)
ping.connect(Listener.hear_class)
ping.connect(Listener.hear_static)
first = len(ping.send("x"))
del a
RESULT = [first, len(ping.send("x"))]
