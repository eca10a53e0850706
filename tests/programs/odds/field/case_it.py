# intent: - | it
from cardapp.models import Thing
Thing.objects.create(v='a')
RESULT=Thing.objects.get().v
