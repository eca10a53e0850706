# intent: - | it
from django.test import override_settings
from cardapp.models import seen
with override_settings(A=1):
    pass
RESULT=seen
