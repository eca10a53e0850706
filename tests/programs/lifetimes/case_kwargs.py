# intent: - | a receiver with the wrong signature
from cardapp.models import ping
def f(sender):
    pass
ping.connect(f)
ping.send(None, event="x", func=1, self_=2)
