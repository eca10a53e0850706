# intent: - | it
from django.core import serializers
from cardapp.models import Row
for o in serializers.deserialize('json','[{"model":"cardapp.row","pk":1,"fields":{"name":"a"}}]'):
    o.save()
RESULT=serializers.serialize('xml', Row.objects.all())[:40]
