# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
from django.core.cache import cache
cache.set('a',1)
RESULT=[cache.get('a'), cache.get('b'), cache.get_or_set('c', lambda: 5)]
