# intent: - | three times, then no more
from cardapp.models import MODE, Node
MODE["mode"] = "three"
Node.objects.create()
