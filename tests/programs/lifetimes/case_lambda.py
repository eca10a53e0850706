# intent: - | a lambda dies at once
from cardapp.models import mail, ping
ping.connect(lambda sender, **kw: mail("lambda"))
ping.connect(lambda sender, **kw: mail("kept"), weak=False)
RESULT = len(ping.send(None))
