# intent: - | it
import logging
logging.getLogger('x').error('boom')
logging.getLogger('x').info('fine')
from cardapp.models import Row
Row.objects.create(name='a')
