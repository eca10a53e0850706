# intent: - | a signal and receivers of the case's own
from django.core.mail import send_mail
from django.dispatch import Signal
mine = Signal()
def f(sender, **kw):
    send_mail("f", "", None, ["f@example.com"])
async def g(sender, **kw):
    send_mail("g", "", None, ["g@example.com"])
mine.connect(f)
mine.connect(g)
RESULT = len(mine.send(sender=None, created=True, action="go", raw=False))
