# intent: - | on_commit(None)
from django.db import transaction
transaction.on_commit(None)
