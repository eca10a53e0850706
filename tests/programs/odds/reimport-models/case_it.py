# intent: - | it
import lab
from cardapp.models import Row
try:
    again=lab.reimport('cardapp.models','cardapp.models_again')
except Exception as e:
    RESULT=type(e).__name__
Row.objects.create(name='a')
