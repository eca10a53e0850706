# expect: ok error
# control: none: there is no outbox in the control
from django.core import mail
class Odd(list):
    def __len__(self):
        raise RuntimeError("no length")
    __iter__ = __len__
mail.outbox = Odd()
