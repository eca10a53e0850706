# intent: - | disconnect in a with block
from contextlib import contextmanager
from django.db.models.signals import post_save
from cardapp.models import Thing, mail
def f(sender, **kw):
    mail("f")
@contextmanager
def muted():
    post_save.disconnect(f, sender=Thing)
    yield
    post_save.connect(f, sender=Thing)
post_save.connect(f, sender=Thing)
with muted():
    Thing.objects.create(name="a")
Thing.objects.create(name="b")
