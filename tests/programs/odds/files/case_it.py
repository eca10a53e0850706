# intent: - | it
import cardapp.models, os, inspect
RESULT=[os.path.relpath(cardapp.models.__file__), open('cardapp/models.py').read().count('\n'), inspect.getsource(cardapp.models.tell).count('\n'), cardapp.__path__ != None, sorted(os.listdir('cardapp'))]
from cardapp.models import Row
Row.objects.create(name='a')
