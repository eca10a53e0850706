# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
import os
RESULT=[os.path.exists('mine.db')]
