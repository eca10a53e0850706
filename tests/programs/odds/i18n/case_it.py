# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
from django.utils.translation import gettext, override
from django.utils import formats
with override('de'):
    a=gettext('Yes')
RESULT=[gettext('Yes'), a, formats.number_format(1234.5)]
