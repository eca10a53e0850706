# intent: - | it
import traceback
from cardapp.models import Row
from django.db.models.signals import pre_save
def bad(**k):
    raise ValueError('x')
pre_save.connect(bad)
try:
    Row.objects.create(name='a')
except ValueError as e:
    RESULT=[f.name for f in traceback.extract_tb(e.__traceback__) if 'case' in f.filename or 'cardapp' in f.filename]
