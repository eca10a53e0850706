# intent: - | it
def f():
    return Row
from cardapp.models import Row
RESULT=[f().__name__, [x for x in [1] if Row], sorted(k for k in globals() if k.startswith('__'))]
from cardapp.models import Row
Row.objects.create(name='a')
