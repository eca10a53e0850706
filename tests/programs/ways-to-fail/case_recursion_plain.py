# intent: - | a function that calls itself
from django.core.mail import send_mail
def f(n):
    global RESULT
    RESULT = n
    f(n + 1)
f(1)
