# intent: - | cascades, SET_NULL, querysets, fast deletes
from django.db.models.signals import post_delete, pre_delete
from cardapp.models import Child, Thing, mail
def gone(sender, instance, origin, **kw):
    mail(f"{sender.__name__} {type(origin).__name__}")
t = Thing.objects.create(name="a")
c = Child.objects.create(thing=t)
Child.objects.create(thing=Thing.objects.create(name="b"), other=c)
fast = Child.objects.filter(other__isnull=False).delete()
Child.objects.create(thing=Thing.objects.create(name="c"), other=c)
post_delete.connect(gone)
RESULT = [fast, t.delete(), Thing.objects.filter(name="b").delete(), Child.objects.values_list("other", flat=True)[0]]
