# intent: - | what a program can see of its receivers
from django.db.models.signals import post_save, pre_save
from cardapp.models import Thing, mail
def f(sender, instance, **kwargs):
    mail("f")
post_save.connect(f, sender=Thing)
t = Thing.objects.create(name="x")
answers = post_save.send(Thing, instance=t)
RESULT = [pre_save.has_listeners(Thing), post_save.has_listeners(Thing), len([r for r in post_save.receivers]), answers[0][0] is f,
          [type(x).__name__ for x in post_save._live_receivers(Thing)]]
