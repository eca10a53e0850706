# intent: - | an endless loop that sends before it saves
from cardapp.models import MODE, Node
MODE["mode"] = "mail_first"
Node.objects.create()
