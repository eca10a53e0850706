# intent: - | it
from cardapp.models import Row
Row.objects.create(name='a')
from django.contrib.sites.models import Site
RESULT=[str(s) for s in Site.objects.all()]
