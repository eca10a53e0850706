# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
from django.templatetags.static import static
RESULT=static('a.css')
