# intent: - | it
import os
RESULT=[os.environ.get('DJANGO_SETTINGS_MODULE'), __import__('django').conf.settings.SETTINGS_MODULE, os.path.basename(os.getcwd()) != '', os.listdir('.') != []]
from cardapp.models import Row
Row.objects.create(name='a')
