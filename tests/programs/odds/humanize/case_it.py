# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
from django.template import Context, Template
RESULT=Template('{% load humanize %}{{ 12345|intcomma }}').render(Context())
