# intent: - | a local function dies, a kept one does not
from cardapp.models import connect_kept, connect_local, ping
connect_local()
connect_kept()
RESULT = [len(ping.send(None)), ping.has_listeners()]
