# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
