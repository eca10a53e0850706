# intent: - | the same, beginning in a transaction
from django.db import transaction
from cardapp.models import MODE, Node
MODE["mode"] = "on_commit"
with transaction.atomic():
    Node.objects.create()
