# intent: - | dispatch_uid
from cardapp.models import mail, ping
def f(sender, **kw):
    mail("f")
def g(sender, **kw):
    mail("g")
ping.connect(f, dispatch_uid="u")
ping.connect(g, dispatch_uid="u")
ping.connect(g, sender="s", dispatch_uid="u")
ping.send(None)
ping.send("s")
RESULT = [ping.disconnect(f), ping.disconnect(dispatch_uid="u"), len(ping.send(None)), len(ping.receivers)]
