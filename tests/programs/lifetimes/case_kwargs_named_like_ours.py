# intent: - | arguments may have any name
from cardapp.models import mail, ping
def f(sender, signal, event, func, args, **kwargs):
    mail(f"{event} {func} {args} {sorted(kwargs)}")
ping.connect(f)
ping.send(None, event=1, func=2, args=3, frame=4, coroutine=5, original=6)
