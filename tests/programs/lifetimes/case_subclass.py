# intent: - | a Signal with a send() of its own
from django.dispatch import Signal
from cardapp.models import mail
class Loud(Signal):
    def send(self, sender, **named):
        mail("loud")
        return super().send(sender, **named)
loud = Loud(use_caching=True)
class S:
    pass
def f(sender, **kw):
    mail("f")
loud.connect(f)
loud.send(S)
loud.send(S)
