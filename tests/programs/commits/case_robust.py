# intent: - | a robust callback fails, the next one runs
from django.db import transaction
from cardapp.models import mail
def bad():
    raise RuntimeError("bad")
with transaction.atomic():
    transaction.on_commit(bad, robust=True)
    transaction.on_commit(lambda: mail("after"))
