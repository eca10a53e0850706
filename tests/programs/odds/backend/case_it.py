# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
from cardapp.backend import B
RESULT=B.n
