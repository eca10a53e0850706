# intent: - | a receiver that saves again once the transaction is committed, which it is
from cardapp.models import MODE, Node
MODE["mode"] = "on_commit"
Node.objects.create()
