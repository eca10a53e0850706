# intent: - | sent by __del__ and by a collection
import gc
from django.core.mail import send_mail
class Bomb:
    def __init__(self, cycle):
        self.me = self if cycle else None
    def __del__(self):
        send_mail("del", "", None, ["d@example.com"])
gc.disable()
Bomb(False)
b = Bomb(True)
del b
