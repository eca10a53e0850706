# intent: - | a grandchild is saved: parents are saved raw, without signals
from cardapp.models import Diner
Diner.objects.create(name="Joe")
