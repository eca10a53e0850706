# intent: - | it
from cardapp.models import B
B.objects.create(a=1)
from django.db import IntegrityError
try:
    B.objects.create(a=-1)
except IntegrityError as e:
    RESULT=str(e)[:30]
