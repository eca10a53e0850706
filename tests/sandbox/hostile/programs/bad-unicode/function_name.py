# expect: ok error
# control: none: there is no trace in the control
from django.dispatch import Signal
signal = Signal()
def receiver(**kwargs):
    from django.core.mail import send_mail
    send_mail("x", "y", "a@example.com", ["b@example.com"])
receiver.__qualname__ = receiver.__name__ = "<script>\ud800\x00" * 1000
signal.connect(receiver)
signal.send(sender=None)
