# intent: - | a custom manager that hides rows
from cardapp.models import Place
Place.objects.shout("hidden")
RESULT = [Place.objects.count(), Place._base_manager.count()]
