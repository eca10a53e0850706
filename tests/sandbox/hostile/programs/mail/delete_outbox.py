# expect: ok error
# control: none: there is no outbox in the control
from django.core import mail
del mail.outbox
