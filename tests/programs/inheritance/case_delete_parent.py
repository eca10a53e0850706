# intent: - | deleting a child row deletes its parents
from cardapp.models import Diner, Place
Diner(name="x").save_base()
Diner.objects.get(name="x").delete()
RESULT = Place.objects.count()
