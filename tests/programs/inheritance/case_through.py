# intent: - | add, set, remove and clear through a model of one's own
from cardapp.models import Place, Tag
p = Place.objects.get(pk=1)
p.tags.add(1, through_defaults={"by": "me"})
p.tags.set([1, 2])
p.tags.remove(1)
Tag.objects.get(pk=3).place_set.add(p)
p.tags.clear()
RESULT = list(p.tags.values_list("name", flat=True))
