# intent: - | durable inside atomic
from django.db import transaction
with transaction.atomic():
    with transaction.atomic(durable=True):
        pass
