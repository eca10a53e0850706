# intent: - | it
from cardapp.models import L
L.objects.create()
