# intent: - | senders given as text
from django.db.models.signals import m2m_changed, post_save
from cardapp.models import Thing, mail
def f(sender, **kw):
    mail("f")
post_save.connect(f, sender="cardapp.Thing")
post_save.connect(f, sender="cardapp.Later")
try:
    post_save.connect(f, sender="nonsense")
except Exception as e:
    RESULT = type(e).__name__
Thing.objects.create(name="a")
