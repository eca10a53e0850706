# expect: ok error
# control: none: there is no trace in the control
import sys
sys._getframe = lambda *a: None
from django.dispatch import Signal
Signal().send(sender=None)
