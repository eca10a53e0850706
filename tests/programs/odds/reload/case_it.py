# intent: - | it
import importlib, lab, sys
import cardapp.models
from cardapp.models import Row
try:
    importlib.reload(cardapp.models)
except Exception as e:
    RESULT=type(e).__name__
Row.objects.create(name='a')
