# intent: - | the instance is freed after the save
import weakref
from django.db.models.signals import post_save
from cardapp.models import Thing, mail
def f(sender, instance, **kwargs):
    mail("f")
post_save.connect(f)
t = Thing(name="x")
w = weakref.ref(t)
t.save()
del t
RESULT = w() is None
