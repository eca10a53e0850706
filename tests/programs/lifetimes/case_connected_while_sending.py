# intent: - | a receiver that connects another one
from cardapp.models import mail, ping
def late(sender, **kw):
    mail("late")
def first(sender, **kw):
    mail("first")
    ping.connect(late)
    ping.disconnect(first)
ping.connect(first)
ping.send(None)
ping.send(None)
