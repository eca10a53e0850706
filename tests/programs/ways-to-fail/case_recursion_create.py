# intent: - | every row makes another
from cardapp.models import MODE, Node
MODE["mode"] = "create"
Node.objects.create()
