# intent: - | receivers in a class body, a dataclass, a property
from dataclasses import dataclass, field
from django.dispatch import receiver
from cardapp.models import mail, ping
@dataclass(eq=False)
class Box:
    seen: list = field(default_factory=list)
    def __post_init__(self):
        ping.connect(self.hear, sender="box")
    def hear(self, sender, n, **kw):
        self.seen.append(n)
        mail(f"box {n}")
class Body:
    @receiver(ping)
    def hear(sender, **kw):
        mail("body")
b = Box()
ping.send("box", n=1)
ping.send_robust("other", n=2)
RESULT = b.seen
