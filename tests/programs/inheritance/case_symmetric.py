# intent: - | friends of friends, both ways
from cardapp.models import Place
a = Place.objects.get(pk=1)
b = Place.objects.create(name="b")
a.friends.add(b)
a.friends.remove(b)
