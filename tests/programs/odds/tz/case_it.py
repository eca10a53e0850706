# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
from django.utils import timezone
RESULT=[timezone.is_naive(timezone.now()), str(timezone.get_current_timezone())]
