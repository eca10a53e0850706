# intent: - | it
from cardapp.models import A,B
A.objects.create(); B.objects.create()
