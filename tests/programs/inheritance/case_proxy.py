# intent: - | the sender is the proxy
from cardapp.models import PlaceProxy
p = PlaceProxy.objects.get(pk=1)
p.save()
