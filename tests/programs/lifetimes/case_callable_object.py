# intent: - | an object that can be called
from cardapp.models import Listener, ping
a = Listener("object")
ping.connect(a)
ping.send(None)
del a
ping.send(None)
