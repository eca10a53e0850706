# intent: - | a thread-local set before is not there in a thread
import threading
from contextvars import ContextVar
from django.core.mail import send_mail
who = ContextVar("who", default="nobody")
local = threading.local()
local.who = "ann"
who.set("ann")
def tell():
    send_mail(getattr(local, "who", "nobody"), who.get(), None, ["x@example.com"])
t = threading.Thread(target=tell)
t.start()
t.join()
from django.core import mail
RESULT = [mail.outbox[0].subject, mail.outbox[0].body]
