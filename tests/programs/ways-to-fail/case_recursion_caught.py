# intent: - | somebody catches it
from cardapp.models import MODE, Node
MODE["mode"] = "mail_first"
try:
    Node.objects.create()
except RecursionError:
    RESULT = Node.objects.count()
