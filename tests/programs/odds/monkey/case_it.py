# intent: - | it
from django.db.models import Model, QuerySet
from cardapp.models import Row
orig=Model.save_base
calls=[]
def save_base(self,*a,**k):
    calls.append(1)
    return orig(self,*a,**k)
Model.save_base=save_base
Row.objects.create(name='a')
Model.save_base=orig
Row.objects.create(name='b')
RESULT=len(calls)
