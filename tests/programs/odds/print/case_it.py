# intent: - | it
import sys
print('out')
print('err', file=sys.stderr)
sys.stdout.write('x'*10)
from cardapp.models import Row
Row.objects.create(name='a')
