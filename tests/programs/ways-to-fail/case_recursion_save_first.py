# intent: - | an endless loop that saves before it sends
from cardapp.models import MODE, Node
MODE["mode"] = "save_first"
Node.objects.create()
