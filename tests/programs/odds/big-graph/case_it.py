# intent: - | it
from cardapp.models import *
a=A.objects.create()
for i in range(5):
    B.objects.create(a=a)
A.objects.all().delete()
